import type { EnergyDaysReply } from '../../../shared/contract/energy-ledger.ts';
import { minutesText } from '../../../shared/view/quantities.ts';
import { Chevron } from '../../components/Signs.tsx';
import { dayName } from '../../view/energy-days-view.ts';
import { wattHoursText } from '../../view/record-view.ts';
import { words } from '../../words/words.ts';

const { energyPage: said } = words;

/** The chart's numbers, newest first; folded away until somebody wants them. */
export function DayTable({ reply }: { reply: EnergyDaysReply }) {
  const { columns } = said.chart;
  return (
    <details className="energy-table">
      <summary className="small">
        <Chevron />
        {said.chart.table}
      </summary>
      <div className="energy-scroll" tabIndex={0} role="region" aria-label={said.chart.table}>
        <table className="small">
          <thead>
            <tr>
              {[columns.day, columns.energy, columns.source, columns.awake, columns.own].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reply.days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{dayName(day.day)}</th>
                <td>{day.energyWh === null ? '–' : wattHoursText(day.energyWh)}</td>
                <td>{said.provenance[day.provenance]}</td>
                <td>{day.awakeSeconds === 0 ? '–' : minutesText(day.awakeSeconds / 60)}</td>
                <td>{day.own.energyWh === null ? '–' : wattHoursText(day.own.energyWh)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
