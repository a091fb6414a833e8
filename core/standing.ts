import type { StandingHalt, StandingWaiver } from '../shared/contract/state.ts';
import type { Controls } from './controls.ts';

/** What stands for a project by someone's word, as the snapshot tells it: its HALT and its waivers. */
export function standing(
  controls: Pick<Controls, 'halt' | 'waivers'>,
  projectId: string,
): { halt: StandingHalt | null; waivers: StandingWaiver[] } {
  const halt = controls.halt(projectId);
  return {
    halt:
      halt === null
        ? null
        : {
            by: halt.by,
            who: halt.who,
            why: halt.why,
            since: iso(halt.sinceMs),
            until: halt.untilMs === null ? null : iso(halt.untilMs),
          },
    waivers: controls.waivers(projectId).map(({ change, who, why, sinceMs, untilMs }) => ({
      change,
      who,
      why,
      since: iso(sinceMs),
      until: iso(untilMs),
    })),
  };
}

function iso(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
