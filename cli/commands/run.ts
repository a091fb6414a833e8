import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';

import { processIdentity } from '../../core/process-identity.ts';
import { jobFolder } from '../../core/remediation/job-folder.ts';
import { JOB_MARK, scopePrefix } from '../../core/remediation/job-scope.ts';
import type { Job, JobRequest } from '../../shared/contract/job.ts';
import { CHECKPOINT_SIGNALS, JOB_LEVELS } from '../../shared/contract/vocabulary.ts';
import { jobSentence } from '../../shared/jobs/words.ts';
import type { Command, CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { durationMs, flags, oneOf } from '../flags.ts';
import { localIsoText } from '../local-time.ts';
import { startChild, type RunChild } from '../run-child.ts';
import { createRunCore, type RunAnswer, type RunCore } from '../run-core.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch run [options] -- CMD...: waits for power, runs CMD, pauses and resumes it

  --project P              counts as work of this project
  --when LEVEL             least level to start at: medium (default), high or full
  --for TIME               how long it takes, e.g. 40m: starts only when it will most likely end above 20 %
  --priority N             -10 to 10 (default 0)
  --checkpoint-signal S    sent before a pause, to processes that have a handler for it: auto (default: SIGUSR1),
                           SIGUSR1, SIGUSR2, SIGTSTP, SIGINT, SIGTERM, SIGHUP or none
  --strict                 without a core: does not run, ends with 3
  --json                   words as JSON, one job a line, on stderr

stdin, stdout, the terminal and signals are CMD's. Ends with CMD's exit code; 128 and the signal's number where a
signal ended it; 1 where the job was cancelled before it began. Without a core CMD runs at once and nothing pauses it
until a core is there.
`;

const ASK_EVERY_MS = 1_000;
/** Far back in line nothing changes from one second to the next. */
const ASK_SELDOM_MS = 5_000;
const WATCH_EVERY_MS = 2_000;
const TELL_TRIES = 3;

export const run: Command = async (argv, io) => {
  const asked = parsed(argv, io);
  if (asked === null) return EXIT.ok;
  // A closed terminal must not end the job by our own complaint.
  process.stderr.on('error', () => undefined);
  const id = randomUUID();
  const core = createRunCore(io.places, id);
  const say = sayer(io, asked.isJson);

  const turn = await waitForTurn(core, asked, say);
  if (turn.kind === 'over') return turn.exitCode;

  const folder = jobFolder(io.places.jobsDir, id);
  folder.make();
  const started = await startChild([...(await scopePrefix(io.env, id, turn.isNiced)), ...asked.command], {
    cwd: io.cwd,
    env: { ...io.env, [JOB_MARK]: id },
    isNiced: turn.isNiced,
    mayGoOn: async () => {
      const answer = await core.state();
      return answer.kind !== 'job' || answer.job.state !== 'paused';
    },
  });
  if (!started.ok) {
    say.line(started.text);
    await tellEnd(core, folder, started.exitCode, turn.isManaged);
    return started.exitCode;
  }
  const { child } = started;
  folder.writePid(child.identity.pid);
  const watch = watchJob(core, child, asked, turn.isManaged, say);
  const exitCode = await child.ended;
  const isManaged = await watch.stop();
  await tellEnd(core, folder, exitCode, isManaged);
  return exitCode;
};

interface Asked {
  readonly command: readonly string[];
  readonly request: Partial<JobRequest>;
  readonly isStrict: boolean;
  readonly isJson: boolean;
}

function parsed(argv: string[], io: CommandIo): Asked | null {
  const dashes = argv.indexOf('--');
  const own = dashes < 0 ? argv : argv.slice(0, dashes);
  const { values, positionals } = flags(own, {
    project: { type: 'string' },
    when: { type: 'string' },
    for: { type: 'string' },
    priority: { type: 'string' },
    'checkpoint-signal': { type: 'string' },
    strict: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return null;
  }
  const command = dashes < 0 ? [] : argv.slice(dashes + 1);
  if (command.length === 0 || command[0] === '' || positionals.length > 0) {
    throw new UsageError('the command stands after --, as in `orch run --for 40m -- python train.py`');
  }
  const priority = Number(values.priority ?? 0);
  if (!Number.isInteger(priority) || Math.abs(priority) > 10) {
    throw new UsageError(`--priority must be a whole number from -10 to 10, not "${values.priority}"`);
  }
  const forMinutes = values.for === undefined ? undefined : durationMs(values.for, '--for') / 60_000;
  if (forMinutes !== undefined && (forMinutes <= 0 || forMinutes > 1440)) {
    throw new UsageError('--for must be more than 0 and at most 24h');
  }
  const keeper = processIdentity(process.pid) ?? { pid: process.pid, startTicks: null, bootId: null };
  return {
    command,
    request: {
      project: values.project ?? null,
      command,
      folder: io.cwd,
      when: oneOf((values.when ?? 'medium').toUpperCase(), JOB_LEVELS, '--when'),
      ...(forMinutes === undefined ? {} : { forMinutes }),
      priority,
      checkpointSignal: signalOf(values['checkpoint-signal'] ?? 'auto'),
      keeper,
    },
    isStrict: values.strict === true,
    isJson: values.json === true,
  };
}

function signalOf(text: string): JobRequest['checkpointSignal'] {
  const full = /^(auto|none|SIG.*)$/.test(text) ? text : `SIG${text.toUpperCase()}`;
  return oneOf(full, CHECKPOINT_SIGNALS, '--checkpoint-signal');
}

interface Sayer {
  line(text: string): void;
  /** Says what a job does, when that changed. */
  job(job: Job): void;
}

function sayer(io: CommandIo, isJson: boolean): Sayer {
  let last = '';
  return {
    line: (text) => io.err(isJson ? `${JSON.stringify({ schemaVersion: 1, text })}\n` : `orch: ${text}.\n`),
    job(job) {
      const key = `${job.state} ${job.isHeld} ${job.until}`;
      if (key === last) return;
      const isFirst = last === '';
      last = key;
      if (isJson) io.err(`${JSON.stringify({ schemaVersion: 1, job })}\n`);
      else if (!isFirst || job.state === 'queued' || job.state === 'paused') {
        if (job.state === 'starting') return;
        io.err(`orch: ${jobSentence(job, (iso) => localIsoText(Date.parse(iso)).slice(11, 16))}.\n`);
      }
    },
  };
}

type Turn =
  | { readonly kind: 'go'; readonly isManaged: boolean; readonly isNiced: boolean }
  | { readonly kind: 'over'; readonly exitCode: number };

/** Asks for the job and waits until the core lets it begin. A core that goes away meanwhile is waited for. */
async function waitForTurn(core: RunCore, asked: Asked, say: Sayer): Promise<Turn> {
  const interrupt = interrupted();
  let answer = await core.add(asked.request);
  if (answer.kind === 'away') {
    interrupt.stop();
    say.line(`${answer.why}; ${asked.isStrict ? 'does not run' : 'runs at once, and nothing pauses it'}`);
    return asked.isStrict
      ? { kind: 'over', exitCode: EXIT.unknown }
      : { kind: 'go', isManaged: false, isNiced: false };
  }
  let wasAway = false;
  try {
    for (;;) {
      const step = await stepTurn(core, asked, answer, say);
      if (step !== null) return step;
      if (answer.kind === 'away' && !wasAway) say.line('the core went away; waits for it');
      wasAway = answer.kind === 'away';
      const isFar = answer.kind === 'job' && (answer.job.aheadCount ?? 0) > 5;
      const signal = await interrupt.within(isFar ? ASK_SELDOM_MS : ASK_EVERY_MS);
      if (signal !== null) {
        await core.cancel();
        return { kind: 'over', exitCode: 128 + constants.signals[signal] };
      }
      answer = await core.state();
    }
  } finally {
    interrupt.stop();
  }
}

async function stepTurn(core: RunCore, asked: Asked, answer: RunAnswer, say: Sayer): Promise<Turn | null> {
  switch (answer.kind) {
    case 'away':
      return null;
    case 'refused':
      say.line(answer.text.replace(/\.$/, ''));
      return { kind: 'over', exitCode: answer.isUsage ? EXIT.usage : EXIT.block };
    case 'unknown-job':
      await core.add(asked.request);
      return null;
    case 'job':
  }
  say.job(answer.job);
  const { state } = answer.job;
  if (state === 'cancelled' || state === 'lost' || state === 'ended') {
    return { kind: 'over', exitCode: EXIT.block };
  }
  if (state === 'queued') return null;
  // `running` too: a core that ended in between may have heard us and could not answer.
  const begun = await core.tell({ event: 'begin' });
  return begun.kind === 'job' ? { kind: 'go', isManaged: true, isNiced: begun.isNiced } : null;
}

/** Waits for a while, or until a signal asks to give up. */
function interrupted(): { within(ms: number): Promise<NodeJS.Signals | null>; stop(): void } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let caught: NodeJS.Signals | null = null;
  let wake = (): void => undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    caught = signal;
    wake();
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    async within(ms) {
      if (caught !== null) return caught;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      return caught;
    },
    stop() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

/** Tells the core of the process, shows what it does with it, and puts it under a core that comes later. */
function watchJob(
  core: RunCore,
  child: RunChild,
  asked: Asked,
  isManagedAlready: boolean,
  say: Sayer,
): { stop(): Promise<boolean> } {
  let isManaged = isManagedAlready;
  let isTold = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const { identity } = child;
    if (!isManaged) {
      const added = await core.add({ ...asked.request, process: identity });
      if (added.kind !== 'job') return;
      [isManaged, isTold] = [true, true];
      say.line('a core is there now and looks after the job');
    }
    const answer = isTold ? await core.state() : await core.tell({ event: 'started', process: identity });
    if (answer.kind === 'unknown-job') [isManaged, isTold] = [false, false];
    if (answer.kind !== 'job') return;
    isTold = true;
    say.job(answer.job);
  };
  const round = async (): Promise<void> => {
    await look();
    if (isOver) return;
    timer = setTimeout(() => {
      last = round();
    }, WATCH_EVERY_MS);
  };
  let last = round();
  return {
    async stop() {
      isOver = true;
      clearTimeout(timer);
      await last;
      return isManaged;
    },
  };
}

/** The code is on disk before it is told: a core that is away now reads it when it starts. */
async function tellEnd(
  core: RunCore,
  folder: ReturnType<typeof jobFolder>,
  exitCode: number,
  isManaged: boolean,
): Promise<void> {
  if (!isManaged) {
    folder.remove();
    return;
  }
  folder.writeExit(exitCode);
  for (let tries = 0; tries < TELL_TRIES; tries += 1) {
    if ((await core.tell({ event: 'ended', exitCode })).kind !== 'away') return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
