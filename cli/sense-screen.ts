import type { EnergyState, PowerSupply, UpsReading } from '../shared/contract/energy.ts';
import { percentText, wattsText } from '../shared/view/quantities.ts';

/** One look at every sensor as a screen of text: level, supplies, UPS, heat. */
export function senseScreen(energy: EnergyState, problems: readonly string[]): string {
  const blocks = [
    [`${energy.level}  ${energy.why}`],
    energy.supplies.length === 0 ? ['no power supplies'] : table(SUPPLY_HEAD, energy.supplies.map(supplyRow)),
    energy.ups.length === 0 ? [] : table(UPS_HEAD, energy.ups.map(upsRow)),
    heatLines(energy),
    problems.map((problem) => `not read: ${problem}`),
  ];
  const text = blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  // Names come from folders and daemons: no control sequence of theirs reaches the terminal.
  return `${text.replace(/(?!\n)\p{Cc}/gu, '\ufffd')}\n`;
}

const SUPPLY_HEAD = ['supply', 'kind', 'counted', 'state', 'charge', 'power', 'because'];
const UPS_HEAD = ['ups', 'status', 'charge', 'left', 'load', 'this machine', ''];

function supplyRow(supply: PowerSupply): string[] {
  const online = supply.online === null ? '?' : supply.online ? 'online' : 'offline';
  return [
    supply.name,
    supply.kind,
    supply.counted ? 'yes' : 'no',
    supply.status ?? online,
    supply.percent === null ? '' : percentText(supply.percent),
    supply.powerW === null ? '' : `${supply.powerW < 0 ? '-' : ''}${wattsText(supply.powerW)}`,
    supply.reason,
  ];
}

function upsRow(ups: UpsReading): string[] {
  return [
    ups.name,
    ups.status === '' ? '?' : ups.status,
    ups.chargePercent === null ? '' : percentText(ups.chargePercent),
    ups.runtimeSeconds === null ? '' : `${Math.floor(ups.runtimeSeconds / 60)} min`,
    ups.loadPercent === null ? '' : percentText(ups.loadPercent),
    ups.feedsThisMachine ? 'fed by it' : 'not fed by it',
    ups.problem ?? '',
  ];
}

function heatLines({ thermal }: EnergyState): string[] {
  if (thermal.sensors.length === 0) return ['no heat sensors'];
  const { coolingStatus, zone, headroomC } = thermal;
  const head =
    coolingStatus === null || zone === null || headroomC === null
      ? 'cooling not known: no sensor may decide'
      : `cooling ${coolingStatus}, ${headroomC.toFixed(1)} °C below the limit of ${zone}`;
  const rows = thermal.sensors.map((sensor) => [
    sensor.label,
    sensor.valueC === null ? '' : `${sensor.valueC.toFixed(1)} °C`,
    sensor.plausible ? '' : sensor.reason,
    sensor.path,
  ]);
  return [head, ...table([], rows)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = head.length === 0 ? rows : [head, ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
