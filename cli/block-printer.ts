import type { Snapshot } from '../shared/contract/state.ts';
import { consoleBlock } from '../shared/view/console-block.ts';
import type { CommandIo } from './command.ts';
import { localIsoText } from './local-time.ts';

/** Several things happen within a moment when a core starts, and each makes a round. */
const MOMENT_MS = 500;

/** Prints the dashboard block of each round; one that says within a moment what the one before said, not again. */
export function blockPrinter(io: Pick<CommandIo, 'out' | 'nowMs'>): (snapshot: Snapshot) => void {
  let last = { text: '', atMs: -Infinity };
  return (snapshot) => {
    const atMs = io.nowMs();
    const text = consoleBlock(snapshot, '');
    if (text === last.text && Math.abs(atMs - last.atMs) < MOMENT_MS) return;
    last = { text, atMs };
    io.out(consoleBlock(snapshot, localIsoText(atMs)));
  };
}
