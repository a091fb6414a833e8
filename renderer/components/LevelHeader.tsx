import type { Snapshot } from '../../shared/contract/state.ts';
import { forecastErrorText } from '../view/forecast-view.ts';
import { levelView } from '../view/level-view.ts';
import { permissionOf } from '../view/permission.ts';
import { words } from '../words/words.ts';
import { LevelRing } from './LevelRing.tsx';
import { PageHeading } from './PageHeading.tsx';
import { Prose } from './Prose.tsx';

/** May I, and why: the level with its ring, its reason and the age of what it was read from. */
export function LevelHeader(props: { snapshot: Snapshot; readAge: string | null; wide: boolean }) {
  const { snapshot } = props;
  const view = levelView(snapshot, words);
  // Wide pages tell the forecast's own error beside its bands.
  const error = props.wide
    ? null
    : forecastErrorText(snapshot.forecast, snapshot.forecastErrors ?? [], words);
  const read = props.readAge === null ? null : words.level.read(props.readAge);
  const basis = [error, read].filter((part) => part !== null);
  return (
    <header className="level">
      <LevelRing level={snapshot.energy.level} permission={permissionOf(snapshot)} label={view.phrase} />
      <div className="level-words">
        <PageHeading>{view.heading}</PageHeading>
        <p className="level-why">
          <Prose text={view.why} />
        </p>
        {view.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {basis.length > 0 && <p className="quiet small">{basis.join(' · ')}</p>}
      </div>
    </header>
  );
}
