import { constants } from 'node:os';

import type { JobRequest } from '../shared/contract/job.ts';
import { EXIT } from './exit-codes.ts';
import type { RunAnswer, RunCore } from './run-core.ts';
import type { RunVoice } from './run-voice.ts';

/** What a person asked of `orch run`. */
export interface RunAsk {
  readonly command: readonly string[];
  readonly request: Partial<JobRequest>;
  readonly isStrict: boolean;
  readonly isJson: boolean;
}

const ASK_EVERY_MS = 1_000;
/** Far back in line nothing changes from one second to the next. */
const ASK_SELDOM_MS = 5_000;

export type RunTurn =
  | { readonly kind: 'go'; readonly isManaged: boolean; readonly isNiced: boolean }
  | { readonly kind: 'over'; readonly exitCode: number };

/**
 * Asks for the job and waits until the core lets it begin. A core that goes away meanwhile, or does not answer for the
 * job, is waited for: what is waited for is said once.
 */
export async function waitForTurn(core: RunCore, asked: RunAsk, say: RunVoice): Promise<RunTurn> {
  const interrupt = interrupted();
  let answer = await core.add(asked.request);
  if (answer.kind === 'away') {
    interrupt.stop();
    say.line(`${answer.why}; ${asked.isStrict ? 'does not run' : 'runs at once, and nothing pauses it'}`);
    return asked.isStrict
      ? { kind: 'over', exitCode: EXIT.unknown }
      : { kind: 'go', isManaged: false, isNiced: false };
  }
  const said = new Set<string>();
  const hear = (heard: RunAnswer): void => {
    if (heard.kind === 'job' && said.size > 0) {
      said.clear();
      say.line('the core answers again');
    }
    const line = lineOf(heard);
    if (line === null || said.has(heard.kind)) return;
    said.add(heard.kind);
    say.line(line);
  };
  try {
    for (;;) {
      const step = await stepTurn(core, asked, answer, say, hear);
      if (step !== null) return step;
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

function lineOf(answer: RunAnswer): string | null {
  if (answer.kind === 'away') return 'the core went away; waits for it';
  if (answer.kind !== 'busy') return null;
  return `the core ${answer.why}; waits until it answers for the job. To run without it: Ctrl-C, then the command alone`;
}

async function stepTurn(
  core: RunCore,
  asked: RunAsk,
  answer: RunAnswer,
  say: RunVoice,
  hear: (answer: RunAnswer) => void,
): Promise<RunTurn | null> {
  switch (answer.kind) {
    case 'away':
    case 'busy':
      hear(answer);
      return null;
    case 'refused':
      say.line(answer.text.replace(/\.$/, ''));
      return { kind: 'over', exitCode: answer.isUsage ? EXIT.usage : EXIT.block };
    case 'unknown-job':
      // Never unknown again: that is the answer of a job that is asked for.
      return stepTurn(core, asked, await core.add(asked.request), say, hear);
    case 'job':
  }
  const { state } = answer.job;
  // One that may begin has yet to hear so.
  if (state === 'queued') hear(answer);
  say.job(answer.job);
  if (state === 'cancelled' || state === 'lost' || state === 'ended') {
    return { kind: 'over', exitCode: EXIT.block };
  }
  if (state === 'queued') return null;
  // `running` too: a core that ended in between may have heard us and could not answer.
  const begun = await core.tell({ event: 'begin' });
  hear(begun);
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
