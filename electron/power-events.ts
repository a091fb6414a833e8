import type { PowerMonitor } from 'electron';

import type { PokeCause } from '../shared/contract/poke.ts';
import { POKE_CAUSES } from '../shared/contract/vocabulary.ts';

/** Tells of what the system itself says about power and session, so that the core looks at once. */
export function watchPower(
  monitor: Pick<PowerMonitor, 'on' | 'off'>,
  onEvent: (cause: PokeCause) => void,
): { stop(): void } {
  const listeners = POKE_CAUSES.map((cause) => ({ cause, hear: () => onEvent(cause) }));
  // Electron types each event by a name of its own.
  const events = monitor as unknown as Record<'on' | 'off', (name: string, listener: () => void) => unknown>;
  for (const { cause, hear } of listeners) events.on(cause, hear);
  return {
    stop() {
      for (const { cause, hear } of listeners) events.off(cause, hear);
    },
  };
}
