#!/usr/bin/env node
import { homedir } from 'node:os';

import { placesFrom } from '../core/places.ts';
import { PRODUCT_VERSION } from '../core/product-version.ts';
import { systemClock } from '../core/system-clock.ts';
import type { Command, CommandIo } from './command.ts';
import { EXIT } from './exit-codes.ts';
import { terminalOf } from './terminal.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order `orch --help` shows them. Loaded only when called: a gate must be quick. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  status: {
    summary: 'what may go now, on one screen or one line',
    load: async () => (await import('./commands/status.ts')).status,
  },
  watch: {
    summary: 'the same, live',
    load: async () => (await import('./commands/watch.ts')).watch,
  },
  gate: {
    summary: 'may this project be deployed, trained or merged now?',
    load: async () => (await import('./commands/gate.ts')).gate,
  },
  sense: {
    summary: 'read every power and heat sensor now',
    load: async () => (await import('./commands/sense.ts')).sense,
  },
  simulate: {
    summary: 'the same decision for made-up power',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  guard: {
    summary: 'evaluate the scores of a project from its evidence',
    load: async () => (await import('./commands/guard.ts')).guard,
  },
  project: {
    summary: 'add, list, show or remove projects',
    load: async () => (await import('./commands/project.ts')).project,
  },
  wellbeing: {
    summary: 'your own capacity, 0 to 100',
    load: async () => (await import('./commands/wellbeing.ts')).wellbeing,
  },
  halt: {
    summary: 'let only reverts pass',
    load: async () => (await import('./commands/halt.ts')).halt,
  },
  clear: {
    summary: 'lift a HALT',
    load: async () => (await import('./commands/halt.ts')).clear,
  },
  waive: {
    summary: 'let one kind of change pass for a while, with a reason',
    load: async () => (await import('./commands/waive.ts')).waive,
  },
  deploy: {
    summary: 'tell that a deployment started or finished',
    load: async () => (await import('./commands/deploy.ts')).deploy,
  },
  incident: {
    summary: 'open, close or list incidents',
    load: async () => (await import('./commands/incident.ts')).incident,
  },
  run: {
    summary: 'wait for power, run a command, pause and resume it',
    load: async () => (await import('./commands/run.ts')).run,
  },
  jobs: {
    summary: 'work that waits for power, and why it waits',
    load: async () => (await import('./commands/jobs.ts')).jobs,
  },
  actions: {
    summary: 'what the core did by itself, and its undo',
    load: async () => (await import('./commands/actions.ts')).actions,
  },
  schedules: {
    summary: 'when models are trained again, and what that waits for',
    load: async () => (await import('./commands/schedules.ts')).schedules,
  },
  why: {
    summary: 'what a gate was told, and on what grounds',
    load: async () => (await import('./commands/why.ts')).why,
  },
  audit: {
    summary: 'who did what and why',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  history: {
    summary: 'what was measured, as CSV or JSON',
    load: async () => (await import('./commands/history.ts')).history,
  },
  link: {
    summary: 'say which task a commit belongs to',
    load: async () => (await import('./commands/link.ts')).link,
  },
  sync: {
    summary: 'how mirrors elsewhere fare, and what waits for them',
    load: async () => (await import('./commands/sync.ts')).sync,
  },
  classify: {
    summary: 'the change type of a commit message',
    load: async () => (await import('./commands/classify.ts')).classify,
  },
  replay: {
    summary: 'levels and forecast over a recorded trace',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  open: {
    summary: 'open the dashboard in the browser',
    load: async () => (await import('./commands/open.ts')).open,
  },
  daemon: {
    summary: 'run the core without a display',
    load: async () => (await import('./commands/daemon.ts')).daemon,
  },
  doctor: {
    summary: 'check sensors, files, hooks and the endpoint',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  hooks: {
    summary: 'put gates into the git hooks of a repository',
    load: async () => (await import('./commands/hooks.ts')).hooks,
  },
  ci: {
    summary: 'the GitHub workflow that asks the same of pull requests',
    load: async () => (await import('./commands/ci.ts')).ci,
  },
  config: {
    summary: 'check, schema or path of the settings',
    load: async () => (await import('./commands/config.ts')).config,
  },
};

async function run(argv: string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') {
    io.out(`${io.version}\n`);
    return EXIT.ok;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(helpText());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    io.err(`orch: no command "${name}". \`orch --help\` lists them.\n`);
    return EXIT.usage;
  }
  try {
    return await (
      await entry.load()
    )(rest, io);
  } catch (error) {
    if ((error as Error).name !== 'UsageError') throw error;
    io.err(`orch ${name}: ${(error as Error).message}. \`orch ${name} --help\` explains.\n`);
    return EXIT.usage;
  }
}

function helpText(): string {
  const lines = Object.entries(COMMANDS).map(([name, entry]) => `  ${name.padEnd(10)} ${entry.summary}`);
  return `orch: may this be deployed, trained or merged now?

Usage: orch <command> [options]

${lines.join('\n')}

Every command has --help and --json. Exit codes: 0 allow or ok, 1 block or failed, 2 usage or settings, 3 unknown,
4 throttle.
`;
}

function processIo(): CommandIo {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    places: placesFrom(process.env, process.platform, homedir()),
    cwd: process.cwd(),
    version: PRODUCT_VERSION,
    nowMs: () => systemClock.wallMs(),
    productDir: new URL('../', import.meta.url),
    async *stdin() {
      process.stdin.setEncoding('utf8');
      for await (const chunk of process.stdin) yield chunk as string;
    },
    get terminal() {
      return terminalOf(process.stdin, process.stdout);
    },
    stopped: (over) =>
      new Promise((resolve) => {
        // Our timers let the process end; a command that waits for the person must not.
        const held = setInterval(() => undefined, 2 ** 30);
        const stop = (): void => {
          clearInterval(held);
          resolve();
        };
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
        over?.addEventListener('abort', stop, { once: true });
      }),
  };
}

// A reader that leaves (`orch status | head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});
process.exitCode = await run(process.argv.slice(2), processIo());
