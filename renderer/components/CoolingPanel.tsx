import type { Thermal } from '../../shared/contract/energy.ts';
import { plainText } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { Panel } from './Panel.tsx';

export function CoolingPanel(props: { thermal: Thermal; wide: boolean }) {
  const { coolingStatus, hottestC, zone, headroomC, sensors } = props.thermal;
  const refused = sensors.filter((sensor) => !sensor.plausible).length;
  const facts = [
    hottestC === null ? null : words.cooling.hottest(celsius(hottestC), plainText(zone ?? '')),
    headroomC === null ? null : words.cooling.headroom(celsius(headroomC)),
    refused === 0 ? null : words.cooling.refused(refused),
  ].filter((fact) => fact !== null);
  const status = coolingStatus === null ? words.cooling.unknown : words.cooling.status[coolingStatus];
  return (
    <Panel title={words.cooling.name} summary={status} wide={props.wide}>
      <p className="quiet small">{facts.length === 0 ? words.cooling.notJudged : facts.join(' · ')}</p>
    </Panel>
  );
}

function celsius(degreesC: number): string {
  return `${Math.round(degreesC)}\u202f°C`;
}
