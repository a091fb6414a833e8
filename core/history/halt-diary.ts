import type { Snapshot, StandingHalt } from '../../shared/contract/state.ts';
import type { RecordStore } from './record.ts';

/**
 * Writes down when scores or a report halt a project, and when that ends. What a person does is written where it is
 * done. A HALT that stands when the core starts began earlier and is not told again.
 */
export function createHaltDiary(record: Pick<RecordStore, 'audit'>): (snapshot: Snapshot) => void {
  let before: ReadonlyMap<string, StandingHalt> | null = null;
  return ({ at, projects }) => {
    const now = new Map(
      projects.flatMap(({ id, halt }) => (halt === null || halt === undefined ? [] : [[id, halt] as const])),
    );
    for (const [project, { by, why }] of now) {
      if (before === null || before.has(project) || by === 'person') continue;
      record.audit({ at, actor: 'core', act: 'halt-began', project, cause: why, detail: { by } });
    }
    for (const [project, { by, why }] of before ?? []) {
      if (now.has(project) || by === 'person') continue;
      record.audit({ at, actor: 'core', act: 'halt-ended', project, cause: why, detail: { by } });
    }
    before = now;
  };
}
