import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { programPath } from '../../scripts/system-parts.ts';
import { eventually } from './nut-server.ts';

/** A real Prometheus on a port of 127.0.0.1 of its own, that scrapes every second. */
export interface PrometheusServer {
  readonly url: string;
  /** From now on it scrapes `address`, with the token of a file where one is needed. */
  scrape(job: 'core' | 'example', address: string): void;
  /** How many series an instant query gives. Throws what Prometheus says of a query it cannot read. */
  countOf(query: string): Promise<number>;
  /** The one value of an instant query; null without one. */
  valueOf(query: string): Promise<number | null>;
  stop(): Promise<void>;
}

export async function startPrometheus(tokenFile: string): Promise<PrometheusServer> {
  const dir = mkdtempSync(join(tmpdir(), 'prometheus-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const job = (name: string, more: string): string =>
    `  - job_name: ${name}\n${more}    file_sd_configs:\n      - files: ['${join(dir, name)}.json']\n        refresh_interval: 1s\n`;
  const auth = `    authorization:\n      credentials_file: ${tokenFile}\n`;
  writeFileSync(
    join(dir, 'prometheus.yml'),
    `global:\n  scrape_interval: 1s\n  scrape_timeout: 1s\nscrape_configs:\n${job('core', auth)}${job('example', '')}`,
  );
  const child = spawn(
    programPath('prometheus') ?? 'prometheus',
    [
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  const ask = async (query: string): Promise<{ value: [number, string] }[]> => {
    const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
    const { data, error } = (await response.json()) as {
      data?: { result: { value: [number, string] }[] };
      error?: string;
    };
    if (data === undefined) throw new Error(`${query}: ${error ?? response.status}`);
    return data.result;
  };
  const isReady = (): Promise<boolean> =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    await eventually('a Prometheus that is ready', isReady, 30_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    scrape(name, address) {
      writeFileSync(join(dir, `${name}.new`), JSON.stringify([{ targets: [address] }]));
      renameSync(join(dir, `${name}.new`), join(dir, `${name}.json`));
    },
    countOf: async (query) => (await ask(query)).length,
    async valueOf(query) {
      const [sample] = await ask(query);
      return sample === undefined ? null : Number(sample.value[1]);
    },
    stop,
  };
}

/** What `promtool check metrics` has to say of a scrape; empty when nothing. */
export async function promtoolComplaints(text: string): Promise<string> {
  const child = spawn(programPath('promtool') ?? 'promtool', ['check', 'metrics']);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end(text);
  const [code] = (await once(child, 'close')) as [number];
  return code === 0 && said.trim() === '' ? '' : `${code}: ${said}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
