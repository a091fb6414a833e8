import type { Snapshot } from '../../shared/contract/state.ts';
import { levelView } from '../view/level-view.ts';
import { permissionOf } from '../view/permission.ts';
import { words } from '../words/words.ts';
import { LevelRing } from './LevelRing.tsx';
import { Prose } from './Prose.tsx';

/** May I, and why: the level with its ring, its reason and the age of what it was read from. */
export function LevelHeader(props: { snapshot: Snapshot; readAge: string | null }) {
  const view = levelView(props.snapshot, words);
  return (
    <header className="level">
      <LevelRing
        level={props.snapshot.energy.level}
        permission={permissionOf(props.snapshot)}
        label={view.phrase}
      />
      <div className="level-words">
        <h1>{view.heading}</h1>
        <p className="level-why">
          <Prose text={view.why} />
        </p>
        {view.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {props.readAge !== null && <p className="quiet small">{words.level.read(props.readAge)}</p>}
      </div>
    </header>
  );
}
