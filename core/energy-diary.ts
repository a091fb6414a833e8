import { isoNow, type Clock } from './clock.ts';
import type { EnergyNote } from './energy/energy-monitor.ts';
import type { RecordStore } from './history/record.ts';

/** Writes what happened to this machine's power into the record, each thing once. */
export function createEnergyDiary(
  clock: Clock,
  record: Pick<RecordStore, 'audit'>,
): (note: EnergyNote) => void {
  return (note) => {
    const { kind, ...detail } = note;
    record.audit({
      at: isoNow(clock),
      actor: 'core',
      act: `energy-${kind}`,
      project: null,
      cause: causeOf(note),
      detail,
    });
  };
}

function causeOf(note: EnergyNote): string {
  switch (note.kind) {
    case 'level':
      return `${note.from} to ${note.to}: ${note.why}`;
    case 'slept':
      return `asleep for ${Math.round(note.sleptMs / 60_000)} min`;
    case 'clock-jump':
      return `the wall clock jumped by ${Math.round(note.jumpMs / 1000)} s`;
    case 'refused':
    case 'read-failed':
    case 'listener-failed':
      return note.text;
    default:
      return note.kind;
  }
}
