import type { Draw } from '../../../shared/contract/energy.ts';
import type { EnergyDay, EnergyDaysReply } from '../../../shared/contract/energy-ledger.ts';
import { wattsText } from '../../../shared/view/quantities.ts';
import { coveredText, cpuTimeText, energySum } from '../../view/energy-days-view.ts';
import { wattHoursText } from '../../view/record-view.ts';
import { words } from '../../words/words.ts';

const { energyPage: said } = words;

/** The four numbers of the page, each with where it comes from. */
export function EnergyFigures({ reply, draw }: { reply: EnergyDaysReply; draw: Draw | null }) {
  const sum = energySum(reply.days);
  const today = reply.days.find(({ day }) => day === reply.today);
  return (
    <dl className="energy-figures">
      <Figure name={said.now} value={drawText(draw)} notes={[drawNote(draw)]} />
      <Figure name={said.today} value={wattHours(today?.energyWh ?? null)} notes={todayNotes(today)} />
      <Figure
        name={said.these(reply.days.length)}
        value={wattHours(sum.energyWh)}
        notes={
          sum.energyWh === null
            ? [said.noDay]
            : [sumSource(reply.days), said.onDays(sum.knownDays, reply.days.length)]
        }
      />
      <Figure name={said.own} value={wattHours(sum.own.energyWh)} notes={ownNotes(sum.own)} />
    </dl>
  );
}

/** The weakest part names a sum, unless another part is better than it. */
function sumSource(days: readonly EnergyDay[]): string {
  const isMixed =
    days.some(({ measuredWh }) => measuredWh !== null) && days.some(({ modelledWh }) => modelledWh !== null);
  return isMixed ? said.partly : said.provenance[energySum(days).provenance];
}

function Figure(props: { name: string; value: string | null; notes: readonly string[] }) {
  return (
    <div className="energy-figure">
      <dt>{props.name}</dt>
      <dd className={props.value === null ? 'energy-value quiet' : 'energy-value'}>
        {props.value ?? said.notMeasured}
      </dd>
      <dd className="quiet small">{props.notes.join(' · ')}</dd>
    </div>
  );
}

function wattHours(energyWh: number | null): string | null {
  return energyWh === null ? null : wattHoursText(energyWh);
}

function drawText(draw: Draw | null): string | null {
  return draw === null || draw.powerW === null ? null : wattsText(draw.powerW);
}

function drawNote(draw: Draw | null): string {
  if (draw === null || draw.powerW === null) return said.nowUnknown;
  return draw.provenance === 'measured' ? said.nowMeasured : said.nowModelled;
}

function todayNotes(today: EnergyDay | undefined): string[] {
  if (today === undefined || today.energyWh === null) return [said.nowUnknown];
  return [sumSource([today]), coveredText(today, words)];
}

function ownNotes({ energyWh, share, cpuSeconds }: ReturnType<typeof energySum>['own']): string[] {
  const cpu = said.ownCpu(cpuTimeText(cpuSeconds));
  if (energyWh === null || share === null) return [cpu];
  const percent = share * 100;
  return [percent < 0.1 ? said.ownShareTiny : said.ownShare(`${percent.toFixed(1)}\u202f%`), cpu];
}
