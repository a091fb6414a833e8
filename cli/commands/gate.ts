import { appendFileSync, readFileSync } from 'node:fs';

import type { Decision } from '../../shared/contract/decision.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { CHANGE_TYPES, type ChangeType } from '../../shared/contract/vocabulary.ts';
import type { Command, CommandIo } from '../command.ts';
import { askCore, errorText } from '../core-client.ts';
import { EXIT, exitCodeOf } from '../exit-codes.ts';
import { durationMs, flags, oneOf } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch gate <project> [options]: may this project be changed now?

  --change TYPE        feature, fix, revert, safe, experiment or infra (default: the project's own)
  --message-file FILE  read the change type from a commit message
  --base REF           and from the paths changed since REF
  --wait DURATION      ask again until it is allowed, at most this long (30m)
  --strict             without a core, end with 3 instead of 0
  --ci                 on a build machine: mains power and the repository's own evidence, no core asked; the
                       project may be a folder (default: here), its profile given by --profile, and
                       --state FILE a report of a core whose HALT stands here too
  --json               the whole decision

Exit codes: 0 allow, 1 block, 3 unknown, 4 throttle. Without a running core: its last report when that is at
most 2 minutes old, else one line, exit 0, and the skip is recorded.
`;
/** Behaviour 28: how old the last report may be to stand in for the core. */
const LAST_REPORT_MAX_AGE_MS = 2 * 60_000;
const WAIT_POLL_MS = 5_000;

export const gate: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    change: { type: 'string' },
    'message-file': { type: 'string' },
    base: { type: 'string' },
    wait: { type: 'string' },
    strict: { type: 'boolean' },
    ci: { type: 'boolean' },
    profile: { type: 'string' },
    state: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [project, ...extra] = positionals;
  if (values.ci === true && extra.length === 0) {
    const decision = await onBuildMachine(project, values, io);
    print(decision, values.json === true, io);
    return exitCodeOf(decision.verdict);
  }
  if (project === undefined) throw new UsageError('which project? `orch project list` names them');
  if (extra.length > 0) throw new UsageError(`one project at a time, not "${extra.join(' ')}" as well`);
  const change = await changeType(values, io);
  const deadlineMs = values.wait === undefined ? 0 : performance.now() + durationMs(values.wait, '--wait');

  for (;;) {
    const found = await decisionFor(project, change, io);
    if (found.kind === 'usage') {
      io.err(`orch: ${found.text}\n`);
      return EXIT.usage;
    }
    if (found.kind === 'none') return skipped(project, found.why, values.strict === true, io);
    const { decision } = found;
    if (decision.verdict === 'allow' || performance.now() >= deadlineMs) {
      print(decision, values.json === true, io);
      return exitCodeOf(decision.verdict);
    }
    io.err(`orch: ${project} waits: ${decision.bindingReason ?? ''}\n`);
    await new Promise((resolve) => setTimeout(resolve, WAIT_POLL_MS));
  }
};

async function onBuildMachine(
  project: string | undefined,
  values: Parameters<typeof changeType>[0] & {
    profile?: string | undefined;
    state?: string | undefined;
  },
  io: CommandIo,
): Promise<Decision> {
  const { ciDecision } = await import('../ci-gate.ts');
  const change = await changeType(values, io);
  return ciDecision({ subject: project, change, profile: values.profile, stateFile: values.state }, io);
}

async function changeType(
  values: { change?: string | undefined; 'message-file'?: string | undefined; base?: string | undefined },
  io: CommandIo,
): Promise<ChangeType | undefined> {
  if (values.change !== undefined) return oneOf(values.change, CHANGE_TYPES, '--change');
  if (values['message-file'] === undefined) return undefined;
  const { changeOfMessageFile } = await import('../message-change.ts');
  return changeOfMessageFile(values['message-file'], values.base, io);
}

type Found =
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'usage'; readonly text: string }
  | { readonly kind: 'none'; readonly why: string };

async function decisionFor(project: string, change: ChangeType | undefined, io: CommandIo): Promise<Found> {
  const query = change === undefined ? '' : `?change=${change}`;
  const reply = await askCore(io.places, 'GET', `/v1/decisions/${encodeURIComponent(project)}${query}`);
  if (reply.reached && reply.status === 200) {
    return { kind: 'decision', decision: JSON.parse(reply.body) as Decision };
  }
  if (reply.reached && (reply.status === 404 || reply.status === 422)) {
    return { kind: 'usage', text: errorText(reply.body) };
  }
  const why = reply.reached ? `it answered ${reply.status}` : reply.why;
  const last = lastReport(io);
  const state = last?.projects.find((candidate) => candidate.id === project);
  const decision = state?.decisions[change ?? state.defaultChange];
  return decision === undefined ? { kind: 'none', why } : { kind: 'decision', decision };
}

function lastReport(io: CommandIo): Snapshot | null {
  try {
    const snapshot = JSON.parse(readFileSync(io.places.snapshotPath, 'utf8')) as Snapshot;
    const ageMs = io.nowMs() - Date.parse(snapshot.at);
    return ageMs >= 0 && ageMs <= LAST_REPORT_MAX_AGE_MS ? snapshot : null;
  } catch {
    return null;
  }
}

/** A gate that could not be asked is no wall (6-reliability 6.1), and no secret either. */
function skipped(project: string, why: string, isStrict: boolean, io: CommandIo): number {
  const isRecorded = recorded({ at: new Date(io.nowMs()).toISOString(), project, why }, io);
  io.err(`orch: ${why}, gate skipped${isRecorded ? ' (recorded)' : ''}.\n`);
  return isStrict ? EXIT.unknown : EXIT.ok;
}

function recorded(skip: object, io: CommandIo): boolean {
  try {
    appendFileSync(io.places.skippedGatesPath, `${JSON.stringify(skip)}\n`, { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

function print(decision: Decision, isJson: boolean, io: CommandIo): void {
  if (isJson) {
    io.out(`${JSON.stringify({ schemaVersion: 1, ...decision })}\n`);
    return;
  }
  io.out(`${decision.verdict} ${decision.project} ${decision.change}\n`);
  if (decision.bindingReason !== null) io.out(`  ${decision.bindingReason}\n`);
  if (decision.cheapestWayToPass !== null) io.out(`  To pass: ${decision.cheapestWayToPass}\n`);
}
