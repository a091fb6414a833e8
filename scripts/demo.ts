import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { isoNow } from '../core/clock.ts';
import { readTrace } from '../core/energy/trace.ts';
import { startHost } from '../core/host.ts';
import { placesFrom } from '../core/places.ts';
import { productFiles } from '../core/product-files.ts';
import { PRODUCT_VERSION } from '../core/product-version.ts';
import { systemClock } from '../core/system-clock.ts';
import type { Snapshot } from '../shared/contract/state.ts';
import { statusLine } from '../shared/view/status-line.ts';
import { buildWhenStale } from './build-when-stale.ts';
import { DEMO_DAY, type DemoActs, type DemoEvent } from './demo/demo-day.ts';
import { createDemoHome } from './demo/demo-home.ts';
import { createDemoLaptop } from './demo/demo-laptop.ts';
import { startDemoService } from './demo/demo-service.ts';
import { startDemoUps } from './demo/demo-ups.ts';
import { createFastClock } from './demo/fast-clock.ts';
import { thisMachine } from './system-parts.ts';

const HELP = `npm run demo [-- --speed 60] [--end]

  Replays a recorded day of a laptop through the real core, with two sample projects, in a temporary home that is
  removed at the end. --speed: how many times as fast as life (1 to 240, default 60). --end: stop when the day is over.
`;
/** Beyond this a slow moment of this machine looks like hours of sleep. */
const FASTEST = 240;
const DAY_MS = 24 * 3_600_000;
/** Fresh reports, as a test run would write them. */
const REPORT_EVERY_MS = 5 * 60_000;

async function main(args: readonly string[]): Promise<number> {
  const speed = Number(args.includes('--speed') ? args[args.indexOf('--speed') + 1] : 60);
  if (args.includes('--help') || !(speed >= 1 && speed <= FASTEST)) {
    process.stdout.write(HELP);
    return args.includes('--help') ? 0 : 2;
  }
  const built = await buildWhenStale(thisMachine.rootDir);
  if (built !== 0) return built;

  const trace = await readTrace(join(thisMachine.rootDir, 'resources/demo/day.csv'));
  const [first, last] = [trace.rows[0], trace.rows.at(-1)];
  if (first === undefined || last === undefined) throw new Error('the recorded day is empty');
  const dayMs = last.atMs - first.atMs;
  // The day ends now, so that the page, which lives in real time, finds all of it in the past.
  const clock = createFastClock(systemClock, speed, systemClock.wallMs() - Math.min(dayMs, DAY_MS));
  const shiftMs = clock.wallMs() - first.atMs;

  const home = createDemoHome();
  const service = await startDemoService(home.statusPath);
  const ups = await startDemoUps();
  const laptop = createDemoLaptop(home.sysfsDir);
  home.writeConfig({ upsPort: ups.port, healthUrl: service.healthUrl });
  let scores: Parameters<DemoActs['report']>[0] = { stability: 82, mode: 'FAST' };
  const writeReports = (): void => {
    const generatedAt = isoNow(clock);
    const put = (dir: string, report: object): void =>
      writeFileSync(
        join(dir, '.consciousness_report.json'),
        JSON.stringify({ schemaVersion: 1, generatedAt, generator: 'demo', ...report }),
      );
    put(home.shop.dir, {
      project: 'shop',
      profile: 'business',
      mode: scores.mode,
      scores: { integration: 84, wellbeing: 75, stability: scores.stability },
    });
    put(home.model.dir, {
      project: 'model',
      profile: 'ml',
      mode: 'NORMAL',
      scores: { model_health: 86, computation_load: 41 },
    });
  };
  laptop.show({ ...first, powerW: first.watts });
  writeReports();

  let line = '';
  const told = new Map<string, string>();
  const say = (text: string): void => {
    process.stdout.write(`${isoLocal(clock.wallMs())}  ${text}\n`);
  };
  const show = (snapshot: Snapshot): void => {
    const next = `${statusLine(snapshot)}  ${snapshot.energy.why}`;
    if (statusLine(snapshot).replace(/\d+/, '') !== line.replace(/\d+/, '')) say(next);
    line = statusLine(snapshot);
    for (const { id, project, title, state, text } of snapshot.actions ?? []) {
      if (told.get(id) === state) continue;
      told.set(id, state);
      say(`${project ?? 'this machine'}: ${title}. ${text}`);
    }
  };
  const env = { ...process.env, ...home.env };
  const host = await startHost({
    clock,
    doorClock: systemClock,
    chance: Math.random,
    places: placesFrom(env, process.platform, home.dir),
    env,
    platform: 'linux',
    version: PRODUCT_VERSION,
    files: productFiles(pathToFileURL(`${thisMachine.rootDir}/`)),
    wantedPort: null,
    hasApi: true,
    isOnce: false,
    intervalMs: null,
    onSnapshot: show,
    onFault: (error) => process.stderr.write(`demo: ${String(error)}\n`),
  });
  if (host.kind !== 'hosting' || host.endpoint === null) throw new Error('the demo could not host the core');
  const { file } = host.endpoint;
  process.stderr.write(
    `A recorded day at ${speed} times its speed. Dashboard, sign in once: ${host.endpoint.signInUrl()}\n` +
      `Ask it as well: ORCH_HOME=${home.dir} npx orch status. Ctrl-C ends it and removes everything.\n\n`,
  );

  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${file.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${file.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const reply: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(reply)}`);
    return reply;
  };
  const acts: DemoActs = {
    async deploy(message, isGood) {
      const commit = home.shop.commit(message, { 'status.txt': isGood ? 'ok\n' : 'checkout fails\n' });
      const started = (await ask('POST', '/v1/deployments', { project: 'shop', commit })) as { id: string };
      await ask('PATCH', `/v1/deployments/${started.id}`, { result: 'ok' });
    },
    report(next) {
      scores = next;
      writeReports();
    },
    async wellbeing(value, tags) {
      await ask('PUT', '/v1/wellbeing', { value, tags, forHours: 12 });
    },
    async train() {
      const command = [process.execPath, 'train.mjs'];
      await ask('POST', '/v1/jobs', { project: 'model', command, when: 'MEDIUM' });
    },
    ups: (isOnBattery, chargePercent) => ups.setOnBattery(isOnBattery, chargePercent),
    async gate(change) {
      await ask('GET', `/v1/decisions/shop?change=${change}`);
    },
  };

  let isOver = false;
  const at = (instantMs: number, act: () => void): void =>
    void clock.after(Math.max(0, instantMs - clock.wallMs()), () => {
      // The machine that is played is taken away before the process ends.
      if (!isOver) act();
    });
  for (const row of trace.rows) at(row.atMs + shiftMs, () => laptop.show({ ...row, powerW: row.watts }));
  for (let afterMs = REPORT_EVERY_MS; afterMs < dayMs; afterMs += REPORT_EVERY_MS) {
    at(first.atMs + shiftMs + afterMs, writeReports);
  }
  for (const event of DEMO_DAY) {
    at(instantOf(event, first.atMs) + shiftMs, () => {
      say(event.text);
      Promise.resolve(event.act(acts)).catch((error: unknown) => say(`${event.text}: ${String(error)}`));
    });
  }

  await new Promise<void>((over) => {
    // The clock's timers let a process end; this one waits for the person.
    const held = setInterval(() => undefined, DAY_MS);
    const end = (): void => {
      clearInterval(held);
      over();
    };
    at(last.atMs + shiftMs, () => {
      say('The recorded day is over; what it left stays on the dashboard until Ctrl-C.');
      if (args.includes('--end')) end();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  });
  isOver = true;
  await host.stop();
  service.close();
  ups.close();
  home.remove();
  return 0;
}

/** The event's time on the recorded day, whose clock stood at UTC-7. */
function instantOf({ at }: DemoEvent, firstMs: number): number {
  const day = new Date(firstMs - 7 * 3_600_000).toISOString().slice(0, 10);
  return Date.parse(`${day}T${at}:00-07:00`);
}

function isoLocal(wallMs: number): string {
  const date = new Date(wallMs);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

process.exitCode = await main(process.argv.slice(2));
