import type { EventEmitter } from 'node:events';

/** What is used of Node's process. */
export interface FaultyProcess {
  on(event: 'uncaughtException', listener: (error: Error) => void): unknown;
  readonly stdout: Pick<EventEmitter, 'on'>;
  readonly stderr: Pick<EventEmitter, 'on'>;
}

export interface OwnFaultParts {
  readonly isLeaving: () => boolean;
  /** Ends the process at once. */
  readonly leave: () => void;
  /** Tells the person, past everything the core decides. */
  readonly tell: (text: string) => void;
}

/**
 * What nobody caught is said and survived. Electron's own way is a box that holds the app's only thread until
 * somebody presses its button: a hosted core would stand still meanwhile, and a session that ends would wait for it.
 * The same fault is told once. A terminal that is gone takes our words with it and nothing else.
 */
export function catchOwnFaults(process: FaultyProcess, { isLeaving, leave, tell }: OwnFaultParts): void {
  const told = new Set<string>();
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => {
    console.error(error);
    if (isLeaving()) {
      leave();
      return;
    }
    const words = error instanceof Error ? error.message : String(error);
    if (told.has(words)) return;
    told.add(words);
    tell(`${words.replace(/\.$/, '')}. The shell goes on; quit and start it again if something looks wrong.`);
  });
}
