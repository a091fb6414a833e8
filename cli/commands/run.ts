import { randomUUID } from 'node:crypto';

import { processIdentity } from '../../core/process-identity.ts';
import { jobFolder } from '../../core/remediation/job-folder.ts';
import { JOB_MARK, scopePrefix } from '../../core/remediation/job-scope.ts';
import type { JobRequest } from '../../shared/contract/job.ts';
import { CHECKPOINT_SIGNALS, JOB_LEVELS } from '../../shared/contract/vocabulary.ts';
import type { Command, CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { durationMs, flags, oneOf } from '../flags.ts';
import { startChild } from '../run-child.ts';
import { createRunCore } from '../run-core.ts';
import { createRunVoice } from '../run-voice.ts';
import { waitForTurn, type RunAsk } from '../run-turn.ts';
import { tellEnd, watchJob } from '../run-watch.ts';
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

export const run: Command = async (argv, io) => {
  const asked = parsed(argv, io);
  if (asked === null) return EXIT.ok;
  // A closed terminal must not end the job by our own complaint.
  process.stderr.on('error', () => undefined);
  const id = randomUUID();
  const core = createRunCore(io.places, id);
  const say = createRunVoice(io, asked.isJson);

  const turn = await waitForTurn(core, asked, say);
  if (turn.kind === 'over') return turn.exitCode;

  const folder = jobFolder(io.places.jobsDir, id);
  // What a core that comes later reads. The command does not wait for a disk that takes nothing.
  let isNoted = true;
  const note = (act: () => void): void => {
    if (!isNoted) return;
    try {
      act();
    } catch (error) {
      isNoted = false;
      const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      say.line(
        `nothing can be noted in ${folder.path} (${why}): a core that comes later will not know the job`,
      );
    }
  };
  note(() => folder.make());
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
  note(() => folder.writePid(child.identity.pid));
  const watch = watchJob(core, child, asked, turn.isManaged, say);
  const exitCode = await child.ended;
  const isManaged = await watch.stop();
  await tellEnd(core, folder, exitCode, isManaged);
  return exitCode;
};

function parsed(argv: string[], io: CommandIo): RunAsk | null {
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
