import type { PowerSupply } from '../contract/energy.ts';
import type { SupplyKind, SupplyScope } from '../contract/vocabulary.ts';

/** What a supply is to this machine; the name never takes part (domain 1.1). */
export interface SupplyRole {
  readonly kind: SupplyKind;
  readonly counted: boolean;
  readonly reason: string;
}

/** Kinds that feed the machine from outside when they are online. */
export function isPowerInput(kind: SupplyKind): boolean {
  return kind === 'mains' || kind === 'usb' || kind === 'wireless';
}

/**
 * The kernel's scope word: "System", "Device" or "Unknown". Drivers of a computer's own supplies mostly state none,
 * and those of mice, pads and headsets state "Device": none means system.
 */
export function scopeOf(word: string | null): SupplyScope {
  switch (word?.toLowerCase()) {
    case undefined:
    case 'system':
      return 'system';
    case 'device':
      return 'device';
    default:
      return 'unknown';
  }
}

/**
 * Role by the kernel's `type` word and scope. A type nobody knows is a power input when it has `online`
 * (vendor kernels call chargers "USB_DCP", "Main" and more) and is left out when it has not (fuel gauges
 * beside the battery, charge pumps): the general rule of UPower 1.90.
 *
 * `type` null means it could not be read: such a supply counts as unreadable when nothing else tells what it is.
 */
export function supplyRole(
  type: string | null,
  scope: SupplyScope,
  has: { readonly online: boolean; readonly charge: boolean },
): SupplyRole {
  const kind = kindOf(type, has);
  if (scope === 'device') return { kind, counted: false, reason: 'powers a device, not this machine' };
  if (kind === 'battery') return { kind, counted: true, reason: 'system battery' };
  if (type === null) {
    if (isPowerInput(kind)) return { kind, counted: true, reason: 'power input of unknown type' };
    return { kind, counted: true, reason: 'could not be read' };
  }
  if (isPowerInput(kind)) {
    if (!has.online && kind !== 'mains')
      return { kind, counted: false, reason: 'does not say whether it is online' };
    return { kind, counted: true, reason: kind === 'mains' ? 'mains adapter' : `${kind} power input` };
  }
  if (kind === 'ups') {
    return { kind, counted: false, reason: 'a UPS in sysfs; counted only through its daemon' };
  }
  return { kind, counted: false, reason: `type "${type}" is no power supply of this machine` };
}

function kindOf(
  type: string | null,
  has: { readonly online: boolean; readonly charge: boolean },
): SupplyKind {
  const word = type?.toLowerCase() ?? '';
  if (word === 'battery') return 'battery';
  if (word === 'mains') return 'mains';
  if (word === 'wireless') return 'wireless';
  if (word === 'usb' || word.startsWith('usb_')) return 'usb';
  if (word === '' && has.charge) return 'battery';
  if (has.online) return 'mains';
  return word === 'ups' ? 'ups' : 'other';
}

/**
 * What only all supplies together can tell, applied to one reading; doing it twice changes nothing.
 * - 0 % from a discharging battery that would carry the machine alone is a failed gauge: the machine runs
 *   (domain 1.1, impossible readings). Beside another battery with charge left, 0 % is believed.
 * - A battery of 0 Wh full beside a real one is an empty slot (domain 1.1, several batteries). Alone, it is a
 *   gauge that failed: counting it out would turn a laptop into a desktop, and its 0 % is no charge.
 */
export function settleSupplies<S extends Omit<PowerSupply, 'readAt'>>(supplies: readonly S[]): readonly S[] {
  const batteries = supplies.filter((s) => s.kind === 'battery' && s.counted);
  const hasRealBattery = batteries.some((s) => (s.energyFullWh ?? 0) > 0 || (s.percent ?? 0) > 0);
  const carrying = batteries.filter((s) => (s.percent ?? 0) > 0);
  return supplies.map((supply) => {
    if (supply.kind !== 'battery' || !supply.counted) return supply;
    if (supply.energyFullWh === 0 && hasRealBattery) {
      return { ...supply, percent: null, counted: false, reason: 'empty slot: holds 0 Wh when full' };
    }
    if (supply.energyFullWh === 0 && supply.percent === 0) {
      return { ...supply, percent: null, energyWh: null, reason: 'says 0 % of 0 Wh: a gauge that failed' };
    }
    if (supply.percent === 0 && supply.status === 'discharging' && carrying.length === 0) {
      const reason = 'says 0 % while the machine runs on it: not believed';
      return { ...supply, percent: null, energyWh: null, reason };
    }
    return supply;
  });
}
