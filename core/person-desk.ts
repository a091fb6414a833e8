import { effectiveWellbeing } from '../shared/consciousness/wellbeing.ts';
import type { AuditEntry } from '../shared/contract/record.ts';
import type { HaltReply, WaiverReply, WellbeingReply } from '../shared/contract/requests.ts';
import type { ChangeType, WellbeingTag } from '../shared/contract/vocabulary.ts';
import { isoNow, type Clock } from './clock.ts';
import type { Controls } from './controls.ts';
import type { RecordStore } from './history/record.ts';

/** What a person may do. Every act is recorded with who and why, and counts from the next round, at once. */
export interface PersonDesk {
  wellbeing(): WellbeingReply;
  setWellbeing(asked: { value: number; tags: readonly WellbeingTag[]; forHours: number }): WellbeingReply;
  halt(project: string, why: string, forHours: number | undefined): HaltReply;
  clear(project: string, why: string | undefined): HaltReply;
  waive(asked: { project: string; change: ChangeType; reason: string; forMinutes: number }): WaiverReply;
}

export interface PersonDeskParts {
  readonly clock: Clock;
  /** The account's name, as records show it. */
  readonly who: string;
  readonly controls: Controls;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly onChange: () => void;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export function createPersonDesk({ clock, who, controls, record, onChange }: PersonDeskParts): PersonDesk {
  const acted = (act: string, project: string | null, cause: string, detail: AuditEntry['detail']): void => {
    record.audit({ at: isoNow(clock), actor: who, act, project, cause, detail });
    onChange();
  };
  const wellbeing = (): WellbeingReply => {
    const set = controls.wellbeing();
    return {
      value: set?.setValue ?? null,
      tags: [...(set?.tags ?? [])],
      effective: effectiveWellbeing(set, null, clock.wallMs()),
      until: iso(set?.untilMs ?? null),
    };
  };
  const haltReply = (project: string): HaltReply => {
    const halt = controls.halt(project);
    return {
      project,
      halted: halt !== null,
      who: halt?.who ?? null,
      why: halt?.why ?? null,
      since: iso(halt?.sinceMs ?? null),
      until: iso(halt?.untilMs ?? null),
    };
  };

  return {
    wellbeing,
    setWellbeing({ value, tags, forHours }) {
      controls.setWellbeing(value, tags, forHours);
      // The number itself is private: the record says that it was set, not to what.
      acted('wellbeing-set', null, 'set by hand', {});
      return wellbeing();
    },
    halt(project, why, forHours) {
      const untilMs = forHours === undefined ? null : clock.wallMs() + forHours * HOUR_MS;
      controls.setHalt(project, who, why, untilMs);
      acted('halt', project, why, { until: iso(untilMs) });
      return haltReply(project);
    },
    clear(project, why = 'cleared by hand') {
      controls.clearHalt(project);
      acted('halt-cleared', project, why, {});
      return haltReply(project);
    },
    waive({ project, change, reason, forMinutes }) {
      const waiver = controls.waive(project, { who, why: reason, change, forMs: forMinutes * MINUTE_MS });
      const reply = {
        project,
        change,
        who,
        why: reason,
        since: isoOf(waiver.sinceMs),
        until: isoOf(waiver.untilMs),
      };
      acted('waive', project, reason, { change, until: reply.until });
      return reply;
    },
  };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : isoOf(ms);
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
