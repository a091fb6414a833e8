import type { CommandIo } from '../../cli/command.ts';
import { placesFrom } from '../../core/places.ts';

/** What a command is given in a home of its own, run from the sources and away from a terminal, and what it wrote. */
export interface WatchedIo {
  readonly io: CommandIo;
  readonly written: { out: string; err: string };
}

/** Nobody asks it to stop, and nothing comes from its standard input. */
export function commandIo(home: string, more: Partial<CommandIo> = {}): WatchedIo {
  const written = { out: '', err: '' };
  const io: CommandIo = {
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    env: {},
    places: placesFrom({ ORCH_HOME: home }, process.platform, home),
    cwd: home,
    version: '1.0.0',
    nowMs: () => 0,
    productDir: new URL('../../', import.meta.url),
    terminal: null,
    stdin: () => (async function* () {})(),
    stopped: () => new Promise(() => undefined),
    ...more,
  };
  return { io, written };
}
