import type { Draw, EnergyState, PowerSupply, UpsReading } from '../../shared/contract/energy.ts';
import { percentText, wattsText } from '../../shared/view/quantities.ts';
import type { Words } from '../words/words.ts';

export type ChainNodeKind = 'wall' | 'ups' | 'adapter' | 'battery' | 'machine';
/** live: power comes from or through here; off: it does not; unknown: cannot be read. */
export type ChainFlow = 'live' | 'off' | 'unknown';

export interface ChainNode {
  readonly kind: ChainNodeKind;
  readonly label: string;
  /** What it says about itself in a word or number: "off", "17 %". */
  readonly value: string;
  readonly flow: ChainFlow;
  /** The arrow to the next node; null for the last. */
  readonly link: { readonly flow: ChainFlow; readonly watts: string | null } | null;
}

interface Stage {
  readonly kind: ChainNodeKind;
  readonly value: string;
  readonly flow: ChainFlow;
  readonly watts: string | null;
}

/** The way of the power as a picture: wall - UPS - adapter - battery - this machine; absent parts left out. */
export function supplyChainView(
  energy: EnergyState,
  words: Words,
  draw: Draw | null = null,
): readonly ChainNode[] {
  const ups = energy.ups.find((each) => each.feedsThisMachine) ?? null;
  const adapters = energy.batteryPresent ? energy.supplies.filter(isAdapter) : [];
  const mainsFlow = energy.onExternalPower === null ? 'unknown' : energy.onExternalPower ? 'live' : 'off';
  const adapterFlow = adapters.length === 0 ? mainsFlow : anyOnline(adapters);
  const stages = [
    wall(ups, adapterFlow, words),
    ...(ups === null ? [] : [upsStage(ups, words)]),
    ...(energy.batteryPresent ? [adapter(energy, adapterFlow, words), battery(energy, words)] : []),
    machine(energy, ups, words),
  ];
  return stages.map((stage, index) => {
    const next = stages[index + 1];
    const watts = stage.watts ?? (next?.kind === 'machine' && stage.flow === 'live' ? drawn(draw) : null);
    return {
      kind: stage.kind,
      label: words.chain.labels[stage.kind],
      value: stage.value,
      flow: stage.flow,
      link: next === undefined ? null : { flow: linkFlow(stage, next), watts },
    };
  });
}

/** "This machine draws 9.1 W, measured."; null where it is not known, or nobody knows where it comes from. */
export function drawText({ powerW, provenance }: Draw, words: Words): string | null {
  return powerW === null || provenance === 'unknown'
    ? null
    : words.chain.draws(wattsText(powerW), provenance);
}

/** What the machine takes, on the arrow that leads to it; null where it is not known or nobody knows from where. */
function drawn(draw: Draw | null): string | null {
  return draw === null || draw.powerW === null || draw.provenance === 'unknown'
    ? null
    : wattsText(draw.powerW);
}

function wall(ups: UpsReading | null, adapterFlow: ChainFlow, words: Words): Stage {
  const flow = ups === null ? adapterFlow : upsOnLine(ups);
  return { kind: 'wall', flow, value: words.chain.flow[flow], watts: null };
}

function upsStage(ups: UpsReading, words: Words): Stage {
  if (ups.commLost || ups.problem !== null) {
    return { kind: 'ups', flow: 'unknown', value: words.chain.silent, watts: null };
  }
  const flow = ups.off ? 'off' : ups.onBattery === null ? 'unknown' : 'live';
  return { kind: 'ups', flow, value: percentText(ups.chargePercent), watts: null };
}

function adapter(energy: EnergyState, flow: ChainFlow, words: Words): Stage {
  const charging = flow === 'live' && (energy.netPowerW ?? 0) > 0;
  const tooWeak = flow === 'live' && energy.level !== 'FULL' && (energy.netPowerW ?? 0) < 0;
  const value = tooWeak ? words.chain.tooWeak : words.chain.flow[flow];
  return { kind: 'adapter', flow, value, watts: charging ? wattsText(energy.netPowerW) : null };
}

function battery(energy: EnergyState, words: Words): Stage {
  const flow = energy.percent === null ? 'unknown' : 'live';
  const drains = (energy.netPowerW ?? 0) < 0;
  const value = energy.percent === null ? words.chain.unread : percentText(energy.percent);
  return { kind: 'battery', flow, value, watts: drains ? wattsText(energy.netPowerW) : null };
}

function machine(energy: EnergyState, ups: UpsReading | null, words: Words): Stage {
  const { onExternalPower, batteryPresent } = energy;
  const { flow, onMains, onBattery, onUps } = words.chain;
  const fromUps = ups !== null && upsOnLine(ups) === 'off' && (onExternalPower === true || !batteryPresent);
  const fed = onExternalPower === null ? flow.unknown : onExternalPower ? onMains : onBattery;
  const value = fromUps ? onUps : fed;
  return { kind: 'machine', flow: 'live', value, watts: null };
}

function linkFlow(from: Stage, to: Stage): ChainFlow {
  if (from.flow === 'live' && to.flow === 'off') return 'off';
  return from.flow;
}

function isAdapter(supply: PowerSupply): boolean {
  return ['mains', 'usb', 'wireless'].includes(supply.kind) && supply.scope !== 'device';
}

function anyOnline(adapters: readonly PowerSupply[]): ChainFlow {
  if (adapters.some((each) => each.online === true)) return 'live';
  return adapters.every((each) => each.online === null) ? 'unknown' : 'off';
}

function upsOnLine(ups: UpsReading): ChainFlow {
  if (ups.commLost || ups.problem !== null || ups.onBattery === null) return 'unknown';
  return ups.onBattery ? 'off' : 'live';
}
