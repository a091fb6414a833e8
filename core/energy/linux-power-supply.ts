import { FULL_FROM_PERCENT } from '../../shared/energy/battery-sum.ts';
import { isPowerInput, scopeOf, settleSupplies, supplyRole } from '../../shared/energy/supply-role.ts';
import type { SupplyRole } from '../../shared/energy/supply-role.ts';
import type { PowerSupply } from '../../shared/contract/energy.ts';
import type { BatteryState, SupplyScope } from '../../shared/contract/vocabulary.ts';
import { batteryFacts, designVoltageV, stateOf, voltageNowV } from './linux-battery.ts';
import { supplyAttributes } from './linux-attributes.ts';
import type { SupplyAttributes } from './linux-attributes.ts';
import { isSameFolder } from './sysfs-files.ts';
import type { FolderIdentity, SysfsFiles } from './sysfs-files.ts';

/** A supply as read: everything but the instant, which the asker stamps. */
export type ReadSupply = Omit<PowerSupply, 'readAt'>;

export interface SuppliesRead {
  readonly supplies: readonly ReadSupply[];
  /** Sentences: "BAT0/current_now: ENODEV". */
  readonly problems: readonly string[];
}

export interface SupplyChoice {
  readonly alwaysOnMains: boolean;
  readonly ignoreSupplies: readonly string[];
}

/**
 * Asked before each folder, so that a watcher can tell which one hangs and leave it out next time.
 *
 * @param folder relative to `class/`, e.g. "power_supply/BAT0"
 */
export type MayRead = (folder: string) => boolean;

/** Reads every supply below `class/power_supply`, by type and scope (architecture, decision 3). */
export interface PowerSupplies {
  /**
   * @param mayRead asked before each folder; false leaves it out
   * @throws Error when the class exists and cannot be listed
   */
  read(mayRead: MayRead): SuppliesRead;
}

/** What does not change while a supply's folder stays the same. */
interface Plan {
  /** Null asks for everything again at the next look. */
  readonly identity: FolderIdentity | null;
  readonly attributes: SupplyAttributes;
  readonly scope: SupplyScope;
  readonly role: SupplyRole;
}

interface Draft {
  readonly supply: ReadSupply;
  readonly isSignNegative: boolean;
}

export function createPowerSupplies(
  classDir: string,
  files: SysfsFiles,
  choice: SupplyChoice,
): PowerSupplies {
  const plans = new Map<string, Plan>();

  return {
    read(mayRead) {
      const dir = `${classDir}/power_supply`;
      const problems: string[] = [];
      const drafts: Draft[] = [];
      const leaveOut = (name: string, cause: string): void => {
        problems.push(`${name}: ${cause}`);
        const reason = `could not be read: ${cause}`;
        drafts.push(unsigned({ ...blank(name), kind: 'other', counted: true, reason }));
      };
      for (const name of folderNames(files, dir, plans)) {
        if (name.startsWith('.')) continue;
        if (!mayRead(`power_supply/${name}`)) {
          leaveOut(name, 'did not answer');
          continue;
        }
        const plan = planOf(name, `${dir}/${name}`);
        if (plan === null) {
          leaveOut(name, files.cause());
          continue;
        }
        drafts.push(plan.role.kind === 'battery' ? battery(name, plan) : other(name, plan));
        for (const problem of plan.attributes.takeProblems()) problems.push(`${name}/${problem}`);
      }
      return { supplies: finished(drafts, choice), problems };
    },
  };

  function planOf(name: string, path: string): Plan | null {
    const identity = files.identity(path);
    const known = plans.get(name);
    if (known !== undefined && isSameFolder(known.identity, identity)) return known;
    known?.attributes.close();
    plans.delete(name);
    if (identity === null) return null;
    const attributes = supplyAttributes(files, path);
    if (attributes === null) return null;
    const scope = scopeOf(attributes.text('scope'));
    const type = attributes.text('type');
    const role = supplyRole(type, scope, {
      online: attributes.has('online'),
      charge: CHARGE_KEYS.some(attributes.has),
    });
    const plan = { identity: type === null ? null : identity, attributes, scope, role };
    plans.set(name, plan);
    return plan;
  }
}

/** What only a battery tells. */
const CHARGE_KEYS = ['capacity', 'energy_now', 'charge_now', 'energy_full', 'charge_full'];

/** @throws Error when the class exists and cannot be listed; a machine without the class has no supplies. */
function folderNames(files: SysfsFiles, dir: string, plans: Map<string, Plan>): readonly string[] {
  const names = files.list(dir);
  if (names === null) {
    if (files.cause() === 'ENOENT') return [];
    throw new Error(`${dir} cannot be listed: ${files.cause()}`);
  }
  for (const [name, plan] of plans) {
    if (names.includes(name)) continue;
    plan.attributes.close();
    plans.delete(name);
  }
  return names;
}

function blank(name: string): Omit<ReadSupply, 'kind' | 'counted' | 'reason'> {
  return {
    name,
    scope: 'unknown',
    source: 'sysfs',
    online: null,
    status: null,
    percent: null,
    energyWh: null,
    energyFullWh: null,
    powerW: null,
  };
}

function other(name: string, plan: Plan): Draft {
  const { role, scope, attributes } = plan;
  const value = isPowerInput(role.kind) ? attributes.number('online') : null;
  // 2 is "online, programmable": the input gives what was asked for.
  const online = value === 0 ? false : value === 1 || value === 2 ? true : null;
  const isUnread = role.counted && isPowerInput(role.kind) && online === null;
  return unsigned({
    ...blank(name),
    ...role,
    scope,
    online,
    reason: isUnread ? `${role.reason}; could not be read` : role.reason,
  });
}

function battery(name: string, plan: Plan): Draft {
  const { role, scope, attributes } = plan;
  const base = { ...blank(name), ...role, scope };
  if (attributes.number('present') === 0) {
    return unsigned({ ...base, status: 'unknown', counted: false, reason: 'not in its slot' });
  }
  const status = stateOf(attributes.text('status'));
  const voltageV = onDemand(() => designVoltageV(attributes.number, false));
  const read = remembering(attributes.number);
  const facts = batteryFacts(read, voltageV);
  const voltageNow = facts.magnitudeA === null && facts.magnitudeW !== null ? voltageNowV(read) : null;
  // A negative current is a draining battery, whatever its status says, unless it is full (as UPower takes it).
  const isDraining = status !== 'full' && (attributes.has('current_now') ? facts.isSignNegative : false);
  const supply: ReadSupply = {
    ...base,
    status: isDraining ? 'discharging' : status,
    percent: facts.percent,
    energyWh: facts.energyWh,
    energyFullWh: facts.energyFullWh,
    powerW: facts.magnitudeW,
    ...(facts.magnitudeA === null ? {} : { currentA: facts.magnitudeA }),
    ...(voltageNow === null ? {} : { voltageV: voltageNow }),
    reason:
      role.counted && facts.percent === null ? `${role.reason}; its charge could not be read` : role.reason,
  };
  return { supply, isSignNegative: facts.isSignNegative };
}

function unsigned(supply: ReadSupply): Draft {
  return { supply, isSignNegative: false };
}

function onDemand(make: () => number): () => number {
  let made: number | null = null;
  return () => (made ??= make());
}

/** Each attribute is read once: reading twice could give two values, and says a problem twice. */
function remembering(read: (key: string) => number | null): (key: string) => number | null {
  const values = new Map<string, number | null>();
  return (key) => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = read(key);
    values.set(key, value);
    return value;
  };
}

/** Signs, the person's choice, and what only all supplies together tell. */
function finished(drafts: readonly Draft[], choice: SupplyChoice): readonly ReadSupply[] {
  const inputs = drafts.filter(({ supply }) => supply.counted && isPowerInput(supply.kind));
  const isUnplugged = inputs.length > 0 && inputs.every(({ supply }) => supply.online === false);
  const chosen = drafts.map(({ supply, isSignNegative }): ReadSupply => {
    // Without an input in sight an unknown status is settled as discharging below this charge, see `combineStates`.
    const isAlone =
      inputs.length === 0 && supply.status === 'unknown' && (supply.percent ?? 100) < FULL_FROM_PERCENT;
    const powerW = signed(supply.powerW, supply.status, isSignNegative, isUnplugged || isAlone);
    const { currentA } = supply;
    const current = currentA === undefined ? {} : { currentA: (powerW ?? 0) < 0 ? -currentA : currentA };
    return { ...supply, powerW, ...current, ...chosenRole(supply, choice) };
  });
  return settleSupplies(chosen);
}

/** The sign follows the state, not the driver (domain 1.1): negative drains. */
function signed(
  magnitudeW: number | null,
  status: BatteryState | null,
  isSignNegative: boolean,
  isUnplugged: boolean,
): number | null {
  if (magnitudeW === null || magnitudeW === 0) return magnitudeW;
  if (status === 'charging') return magnitudeW;
  if (status === 'discharging') return -magnitudeW;
  return isSignNegative || isUnplugged ? -magnitudeW : magnitudeW;
}

function chosenRole(supply: ReadSupply, choice: SupplyChoice): { counted: boolean; reason: string } {
  const { counted, reason } = supply;
  if (counted && choice.ignoreSupplies.includes(supply.name)) {
    return { counted: false, reason: 'left out, as set' };
  }
  if (counted && choice.alwaysOnMains && supply.kind === 'battery') {
    return { counted: false, reason: 'this machine is set to always on mains' };
  }
  return { counted, reason };
}
