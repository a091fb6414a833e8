import type { Places } from '../core/places.ts';
import type { Terminal } from './terminal.ts';

/** What a command is given. Data goes to `out`, words for the person to `err`. */
export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly places: Places;
  readonly cwd: string;
  readonly version: string;
  /** Wall clock, milliseconds since 1970. */
  nowMs(): number;
  /** The folder of the built product, or of the sources when run from them. */
  readonly productDir: URL;
  stdin(): AsyncIterable<string>;
  /** Null where input or output is no terminal. */
  readonly terminal: Terminal | null;
  /** Resolves when the person asks to stop (SIGINT, SIGTERM, SIGHUP), or once `over` says so. */
  stopped(over?: AbortSignal): Promise<void>;
}

/** A command takes its own arguments and answers with its exit code. */
export type Command = (argv: string[], io: CommandIo) => Promise<number>;
