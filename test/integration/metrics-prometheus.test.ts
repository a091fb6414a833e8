import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createPrometheusText } from '../../core/metrics/prometheus-text.ts';
import { hasPart } from '../../scripts/system-parts.ts';
import { bareFacts } from '../unit/core/metrics/metric-readings.ts';
import { bareSnapshot } from '../fakes/bare-snapshot.ts';
import { startFakeNutServer, type FakeNutServer } from '../fakes/fake-nut-server.ts';
import { eventually } from './nut-server.ts';
import { promtoolComplaints, startPrometheus, type PrometheusServer } from './prometheus-server.ts';
import { makeHome, startDaemon, writeLaptop, writeProject, type RunningDaemon } from './running-daemon.ts';

/** What a daemon cannot show within seconds, or on any machine: read from an example instead. */
const FROM_EXAMPLE = /orch_(forecast_seconds|forecast_error_seconds|sync_queued|machine_gpu_ratio)\b/;

const home = makeHome();
const tokenFile = join(home.dir, 'scrape-token');
let prometheus: PrometheusServer;
let daemon: RunningDaemon;
let ups: FakeNutServer;
let example: Server;

const scraped = async (
  path = '/metrics',
  token = readFileSync(tokenFile, 'utf8').trim(),
): Promise<Response> =>
  fetch(`${daemon.endpoint.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
const told = async (method: string, path: string, body: unknown): Promise<{ id: string }> => {
  const response = await fetch(`${daemon.endpoint.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${daemon.endpoint.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { id: string };
};

describe.skipIf(!hasPart('prometheus'))('a real Prometheus', () => {
  beforeAll(async () => {
    prometheus = await startPrometheus(tokenFile);
    ups = await startFakeNutServer({
      ups: {
        ups: { 'ups.status': 'OL', 'battery.charge': '96', 'battery.runtime': '1800', 'ups.load': '21' },
      },
    });
    writeLaptop(home.sysfsDir, { percent: 54, ac: false, watts: 3600 / 20 });
    // What a charger's gauge shows besides, so that its amperes can be told.
    writeFileSync(join(home.sysfsDir, 'class/power_supply/BAT1/voltage_now'), '12000000\n');
    writeHeat();
    writeProjects();
    writeSettings();
    daemon = await startDaemon(home, '--quiet', '--interval', '1');
    await eventually(
      'the token of the scraper',
      async () => (await scraped().catch(() => null))?.ok === true,
    );
    await liveThrough();
    example = await startExample();
    prometheus.scrape('core', new URL(daemon.endpoint.url).host);
    prometheus.scrape('example', `127.0.0.1:${(example.address() as AddressInfo).port}`);
  }, 60_000);

  afterAll(async () => {
    await daemon.stop();
    await prometheus.stop();
    await ups.close();
    example.close();
    home.remove();
  });

  it('finds nothing to complain of in a scrape', async () => {
    const response = await scraped();
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await promtoolComplaints(await response.text())).toBe('');
  });

  it('scrapes the core with a token that is good for nothing else', async () => {
    await eventually('a good scrape', async () => (await prometheus.valueOf('up{job="core"}')) === 1);
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    expect((await scraped('/v1/state')).status).toBe(401);
    expect((await scraped('/metrics', 'x'.repeat(43))).status).toBe(401);
    expect((await scraped('/metrics', daemon.endpoint.token)).status).toBe(200);
  });

  it('has an answer to every question of the Grafana dashboard', async () => {
    const queries = dashboardQueries();
    expect(queries.length).toBeGreaterThan(40);
    for (const query of queries) {
      const own = query.replaceAll(/\borch_\w+\b(\{)?/g, (name, brace: string | undefined) =>
        brace === undefined ? `${name}{job="core"}` : `${name}job="core",`,
      );
      const asked = FROM_EXAMPLE.test(query) ? query : own;
      await eventually(`an answer to ${asked}`, async () => (await prometheus.countOf(asked)) > 0);
    }
  });

  it.each([
    ['orch_deployment_attempts_total{project="shop",result="ok"}', 1],
    ['orch_deployment_attempts_total{project="shop",result="failed"}', 1],
    ['orch_deployments_running{project="shop"}', 1],
    ['orch_energy_level{job="core"}', 2],
    ['orch_supply_power_watts{supply="BAT1"}', -180],
    ['orch_ups_charge_ratio', 0.96],
    ['orch_project_score{project="shop",score="integration"}', 80],
    ['orch_model_accuracy_ratio{project="vision"}', 0.88],
    ['orch_inference_latency_seconds{project="vision"}', 0.05],
    ['orch_performance_regression_ratio{project="shop"}', 0.12],
    ['orch_slo_violations_total{project="shop",window="1h"}', 1],
    ['orch_gate_decisions_total{project="shop",verdict="allow"}', 1],
  ])('reads %s as %d', async (query, expected) => {
    await eventually(query, async () => (await prometheus.valueOf(query)) !== null);
    expect(await prometheus.valueOf(query)).toBeCloseTo(expected);
  });

  it('never sees how the person feels', async () => {
    const before = await (await scraped()).text();
    await told('PUT', '/v1/wellbeing', { value: 73, tags: ['slept-badly'] });
    await daemon.until('/v1/wellbeing', ({ value }: { value: number }) => value === 73, 5000);
    const after = await (await scraped()).text();
    // What time and the machine's own load change by themselves is left out.
    const steady = (text: string): string[] =>
      text
        .split('\n')
        .filter(
          (line) => /^orch_project_(score|info|halted)/.test(line) && !/age|computation_load/.test(line),
        );
    expect(steady(after)).toEqual(steady(before));
    expect(after).not.toMatch(/well-?being|slept|\b73\b|\b0\.73\b|mood/i);
  });
});

/** Every query of the dashboard with its variables as Grafana would fill them in. */
function dashboardQueries(): string[] {
  const path = resolve(import.meta.dirname, '../../resources/grafana/dashboard.json');
  const { panels } = JSON.parse(readFileSync(path, 'utf8')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  const queries = panels.flatMap(({ targets }) => (targets ?? []).map(({ expr }) => expr));
  return queries.map((expr) => expr.replaceAll('$project', '.*').replaceAll('$__rate_interval', '20s'));
}

function writeHeat(): void {
  const dir = join(home.sysfsDir, 'class/thermal/thermal_zone0');
  mkdirSync(dir, { recursive: true });
  const facts = {
    type: 'x86_pkg_temp',
    temp: 55_000,
    trip_point_0_type: 'critical',
    trip_point_0_temp: 100_000,
  };
  for (const [name, value] of Object.entries(facts)) writeFileSync(join(dir, name), `${value}\n`);
}

function writeProjects(): void {
  const shop = join(home.dir, 'shop');
  writeProject(shop, {
    schemaVersion: 1,
    project: 'shop',
    profile: 'business',
    generatedAt: new Date().toISOString(),
    scores: { integration: 80, wellbeing: 61, stability: 85 },
    evidence: { performance_regression: 0.12, satisfactionPercent: 91 },
  });
  const line = { total: 200, covered: 166, skipped: 0, pct: 83 };
  writeFileSync(join(shop, 'summary.json'), JSON.stringify({ total: { lines: line } }));
  writeFileSync(
    join(shop, 'junit.xml'),
    '<testsuite tests="3" failures="1"><testcase name="a"/><testcase name="b"/><testcase name="c"><failure/></testcase></testsuite>',
  );
  const vision = join(home.dir, 'vision');
  mkdirSync(vision);
  writeFileSync(join(vision, 'model.json'), JSON.stringify({ accuracy: 0.88, drift: 0.1, latencyMs: 50 }));
  writeFileSync(join(vision, 'base.json'), JSON.stringify({ accuracy: 0.9, latencyMs: 40 }));
  writeFileSync(
    join(vision, 'searches.jsonl'),
    `${JSON.stringify({ query: 'q', relevant: ['a', 'b'], retrieved: ['a', 'c', 'b'] })}\n`,
  );
}

function writeSettings(): void {
  writeFileSync(
    join(home.dir, 'config.yaml'),
    `metrics:
  tokenFile: ${tokenFile}
energy:
  nut: ${ups.address}
projects:
  - id: shop
    path: ${join(home.dir, 'shop')}
    defaultChange: fix
    evidence:
      coverage: summary.json
      tests: [junit.xml]
      healthUrls: ['${prometheus.url}/-/healthy']
      prometheus:
        url: ${prometheus.url}
        errorsQuery: vector(100)
        eventsQuery: vector(1000)
  - id: vision
    path: ${join(home.dir, 'vision')}
    profile: ml
    evidence: { model: model.json, modelBaseline: base.json, embeddings: searches.jsonl }
`,
    { mode: 0o600 },
  );
}

/** Deployments that end well, badly and not yet, an incident, and a gate that asks. */
async function liveThrough(): Promise<void> {
  const begin = (): Promise<{ id: string }> =>
    told('POST', '/v1/deployments', { project: 'shop', commit: 'abc1234' });
  const good = await begin();
  const bad = await begin();
  await begin();
  const now = async (): Promise<number> =>
    ((await daemon.get('/v1/state')).body as { sequence: number }).sequence;
  const startedAt = await now();
  await eventually('three rounds', async () => (await now()) >= startedAt + 3);
  await told('PATCH', `/v1/deployments/${good.id}`, { result: 'ok' });
  await told('PATCH', `/v1/deployments/${bad.id}`, { result: 'failed' });
  await told('POST', '/v1/incidents', { project: 'vision', severity: 'minor', title: 'slow' });
  await daemon.get('/v1/decisions/shop?change=revert');
}

/** A core with a forecast, a graphics processor and something to send: our own text, from made-up facts. */
async function startExample(): Promise<Server> {
  const text = createPrometheusText();
  const facts = bareFacts(
    {},
    {
      machine: { ...bareSnapshot('MEDIUM').machine, gpuPercent: 40 },
      forecast: [20, 5, 0].map((thresholdPercent) => ({
        thresholdPercent,
        minutes10: 61,
        minutes50: 84,
        minutes90: 120,
      })),
      forecastErrors: [{ horizonMinutes: 60, meanAbsoluteErrorMinutes: 4, biasMinutes: 1, count: 12 }],
      sync: { manus: { queuedCount: 2 } },
    },
  );
  const server = createServer((_request, response) => {
    void text(facts).then((made) => {
      response.writeHead(200, { 'content-type': made.contentType });
      response.end(made.text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
