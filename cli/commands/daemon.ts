import { keepHeapTrim, ownCollector } from '../../core/heap-trim.ts';
import { startHost } from '../../core/host.ts';
import { productFiles } from '../../core/product-files.ts';
import { systemClock } from '../../core/system-clock.ts';
import { statusLine } from '../../shared/view/status-line.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { blockPrinter } from '../block-printer.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { localIsoText } from '../local-time.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch daemon [options]: runs the core without a display

  --once          one round, print it, end
  --interval S    seconds between rounds (default: the settings' intervalSeconds, 30)
  --port N        port of the endpoint on 127.0.0.1; 0 takes any free one (default: settings, ORCH_PORT, 7717)
  --no-api        without the local endpoint
  --quiet         one line a round instead of the dashboard block
  --json          the whole snapshot a round, one JSON object a line

Stop it with Ctrl-C. A second daemon of the same home finds the first and ends.
`;

export const daemon: Command = async (argv, io) => {
  const { values } = flags(argv, {
    once: { type: 'boolean' },
    interval: { type: 'string' },
    port: { type: 'string' },
    'no-api': { type: 'boolean' },
    quiet: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const portText = values.port ?? io.env['ORCH_PORT'];
  const printBlock = blockPrinter(io);
  const print = (snapshot: Snapshot): void => {
    if (values.json === true) io.out(`${JSON.stringify(snapshot)}\n`);
    else if (values.quiet === true)
      io.out(`${localIsoText(io.nowMs()).slice(11, 19)} ${statusLine(snapshot)}\n`);
    else printBlock(snapshot);
  };

  const isOnce = values.once === true;
  const host = await startHost({
    clock: systemClock,
    chance: Math.random,
    places: io.places,
    env: io.env,
    platform: process.platform,
    version: io.version,
    files: productFiles(io.productDir),
    wantedPort: portText === undefined ? null : wholeNumber(portText, 0, 65_535, '--port'),
    intervalMs:
      values.interval === undefined ? null : wholeNumber(values.interval, 1, 600, '--interval') * 1000,
    isOnce,
    hasApi: values['no-api'] !== true && !isOnce,
    onSnapshot: print,
    onFault: (error) => io.err(`orch: ${error instanceof Error ? error.message : String(error)}\n`),
  });
  switch (host.kind) {
    case 'bad-settings':
      for (const problem of host.problems) io.err(`${problem.text}\n`);
      io.err('orch: there are no good settings to go by; mend config.yaml.\n');
      return EXIT.usage;
    case 'already-running':
      io.err(`orch: a core is running already (pid ${host.pid}). \`orch open\` shows its dashboard.\n`);
      return EXIT.ok;
    case 'hosting':
  }
  if (host.endpoint !== null) {
    if (host.endpoint.moved) io.err(`orch: the port was taken by another program; using a free one.\n`);
    io.err(`orch: dashboard at ${host.endpoint.file.url}, sign in once with ${host.endpoint.signInUrl()}\n`);
  }
  if (!isOnce) {
    const collect = ownCollector();
    const endTrim = collect === null ? null : keepHeapTrim(systemClock, collect);
    await io.stopped();
    endTrim?.();
  }
  // Our timers let the process end, and without the endpoint nothing else holds it: what was started is ended first.
  const held = setInterval(() => undefined, 2 ** 30);
  await host.stop().finally(() => clearInterval(held));
  return EXIT.ok;
};

function wholeNumber(text: string, least: number, most: number, flag: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most || text.trim() === '') {
    throw new UsageError(`${flag} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}
