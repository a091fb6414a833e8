/** One side of the tick bench, in a process of its own: neither pays for what the other leaves behind (forks). */
export interface Contender {
  /** Milliseconds of each run of one turn. */
  turn(): Promise<number[]>;
  /** What it saw of the machine, to prove that both looked at the same. */
  seen(): Promise<string>;
}

export type Call = 'turn' | 'seen';

/** Answers the calls of the process that started this one, until it lets go. */
export async function contend(contender: Contender): Promise<void> {
  process.on('message', (call: Call) => {
    const answer = call === 'turn' ? contender.turn() : contender.seen();
    void answer.then((value) => process.send?.(value));
  });
  await new Promise<void>((resolve) => process.once('disconnect', resolve));
  process.exit(0);
}
