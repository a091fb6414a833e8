import type { UpsReading } from '../../shared/contract/energy.ts';
import { minutesText, percentText } from '../../shared/view/quantities.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { Panel } from './Panel.tsx';

interface UpsPanelProps {
  readonly ups: readonly UpsReading[];
  readonly wide: boolean;
  readonly ageOf: (at: string | null) => string | null;
}

export function UpsPanel({ ups, wide, ageOf }: UpsPanelProps) {
  const first = ups.find((each) => each.feedsThisMachine) ?? ups[0];
  if (first === undefined) return null;
  return (
    <Panel title={words.ups.name} summary={upsState(first)} wide={wide}>
      <ul className="rows">
        {ups.map((each) => (
          <UpsRow key={`${each.source}/${each.name}`} ups={each} age={ageOf(each.readAt)} />
        ))}
      </ul>
    </Panel>
  );
}

function UpsRow({ ups, age }: { ups: UpsReading; age: string | null }) {
  const facts = [
    ups.chargePercent === null ? null : words.ups.charge(percentText(ups.chargePercent)),
    ups.runtimeSeconds === null ? null : words.ups.runtime(minutesText(ups.runtimeSeconds / 60)),
    ups.loadPercent === null ? null : words.ups.load(percentText(ups.loadPercent)),
    ...upsFlags(ups),
  ].filter((fact) => fact !== null);
  return (
    <li className={ups.feedsThisMachine ? 'row' : 'row row-aside'}>
      <div className="row-main">
        <bdi className="row-name">{plainText(ups.name)}</bdi>
        <span className="row-value">{upsState(ups)}</span>
      </div>
      <p className="small">{facts.join(' · ')}</p>
      {ups.problem !== null && <p className="small">{sentence(ups.problem)}</p>}
      <p className="quiet small">
        {ups.feedsThisMachine ? words.ups.feeds : words.ups.other}
        {age !== null && ` · ${words.ups.heard(age)}`}
      </p>
    </li>
  );
}

function upsState(ups: UpsReading): string {
  if (ups.commLost || ups.problem !== null) return words.ups.silent;
  if (ups.onBattery === null) return words.ups.unclear;
  return ups.onBattery ? words.ups.onBattery : words.ups.onLine;
}

function upsFlags(ups: UpsReading): readonly string[] {
  const names = Object.keys(words.ups.flags) as (keyof typeof words.ups.flags)[];
  return names.filter((name) => ups[name]).map((name) => words.ups.flags[name]);
}
