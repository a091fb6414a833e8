import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

import { parseGateText } from '../core/hooks/gate-text.ts';
import type { GateAsk, GateReply } from '../shared/contract/gate-ask.ts';
import type { Snapshot } from '../shared/contract/state.ts';
import type { CommandIo } from './command.ts';
import { askCore } from './core-client.ts';

/** The hook goes on by itself after this: nobody could tell. */
const CANNOT_TELL = 5;
const INPUT_LIMIT_BYTES = 512 * 1024;
/** A hook may last a second in all, and Node has used some of it to start. */
const CORE_LIMIT_MS = 600;
/** Behaviour 28: how old the last report may be to stand in for the core. */
const LAST_REPORT_MAX_AGE_MS = 2 * 60_000;

/** `orch hooks ask`: answers a hook that found neither Perl nor curl, or no core, from the same text it would have sent. */
export async function askForHook(isWithoutCore: boolean, io: CommandIo): Promise<number> {
  const ask = await readAsk(io);
  if (ask === null) return CANNOT_TELL;
  const reply = (isWithoutCore ? null : await fromCore(ask, io)) ?? (await fromLastReport(ask, io));
  if (reply === null) return CANNOT_TELL;
  if (reply.words !== '') io.err(`${reply.words}\n`);
  return reply.exitCode;
}

async function readAsk(io: CommandIo): Promise<GateAsk | null> {
  let text = '';
  for await (const piece of io.stdin()) {
    text += piece;
    if (text.length > INPUT_LIMIT_BYTES) break;
  }
  const ask = parseGateText(text);
  if (ask.kind !== 'push' && ask.kind !== 'commit') return null;
  return {
    ...ask,
    kind: ask.kind,
    isComplete: ask.isComplete && text.length <= INPUT_LIMIT_BYTES,
  };
}

async function fromCore(ask: GateAsk, io: CommandIo): Promise<GateReply | null> {
  const late = new AbortController();
  const reply = await Promise.race([
    askCore(io.places, 'POST', '/v1/gates', ask),
    wait(CORE_LIMIT_MS, null, { signal: late.signal, ref: false }).catch(() => null),
  ]);
  late.abort();
  if (reply?.reached !== true || reply.status !== 200) return null;
  try {
    const answer = JSON.parse(reply.body) as Partial<GateReply>;
    return typeof answer.exitCode === 'number' && typeof answer.words === 'string'
      ? (answer as GateReply)
      : null;
  } catch {
    return null;
  }
}

async function fromLastReport(ask: GateAsk, io: CommandIo): Promise<GateReply | null> {
  const snapshot = lastReport(io);
  if (snapshot === null || ask.kind !== 'push') return null;
  const [{ judgePush }, { createCommitReader }] = await Promise.all([
    import('../core/hooks/push-judgement.ts'),
    import('../core/projects/commit-message.ts'),
  ]);
  // The hook has already looked which branches are deploy branches.
  const projects = snapshot.projects.flatMap(({ id, path }) =>
    path === null ? [] : [{ id, path, deployBranches: null }],
  );
  return judgePush(ask, { projects, snapshot, reader: createCommitReader() });
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
