import { isPowerInput, scopeOf, settleSupplies, supplyRole } from '../../shared/energy/supply-role.ts';
import type { SupplyRole } from '../../shared/energy/supply-role.ts';
import type { PowerSupply } from '../../shared/contract/energy.ts';
import type { BatteryState, SupplyScope } from '../../shared/contract/vocabulary.ts';
import { batteryFacts, designVoltageV, stateOf } from './linux-battery.ts';
import { numberOf } from './sysfs-files.ts';
import type { SysfsFiles } from './sysfs-files.ts';

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

/** Reads every supply below `class/power_supply`, by type and scope (architecture, decision 3). */
export interface PowerSupplies {
  /**
   * @param onFolder called with the folder about to be read, so that a watcher can tell which one hangs
   * @throws Error when the folder exists and cannot be listed
   */
  read(onFolder: (path: string) => void): SuppliesRead;
}

/** What does not change while a supply's folder stays the same. */
interface Plan {
  readonly identity: string;
  readonly names: ReadonlySet<string>;
  readonly scope: SupplyScope;
  readonly role: SupplyRole;
}

type Draft = ReadSupply & { readonly isSignNegative: boolean };

export function createPowerSupplies(
  classDir: string,
  files: SysfsFiles,
  choice: SupplyChoice,
): PowerSupplies {
  const plans = new Map<string, Plan>();

  return {
    read(onFolder) {
      const dir = `${classDir}/power_supply`;
      const problems: string[] = [];
      const drafts: Draft[] = [];
      for (const name of folderNames(files, dir, plans)) {
        if (name.startsWith('.')) continue;
        const path = `${dir}/${name}`;
        onFolder(path);
        const attributes = createAttributes(files, path, name, problems);
        const plan = planOf(name, path, attributes);
        if (plan === null) {
          const reason = `could not be read: ${files.cause()}`;
          problems.push(`${name}: ${files.cause()}`);
          drafts.push({ ...blank(name), kind: 'other', counted: true, reason, isSignNegative: false });
          continue;
        }
        attributes.know(plan.names);
        drafts.push(
          plan.role.kind === 'battery' ? battery(name, plan, attributes) : other(name, plan, attributes),
        );
      }
      return { supplies: finished(drafts, choice), problems };
    },
  };

  function planOf(name: string, path: string, attributes: Attributes): Plan | null {
    const identity = files.identity(path);
    if (identity === null) return null;
    const known = plans.get(name);
    if (known?.identity === identity) return known;
    const listed = files.list(path);
    if (listed === null) return null;
    const names = new Set(listed);
    attributes.know(names);
    const scope = scopeOf(attributes.text('scope'));
    const type = attributes.text('type');
    const role = supplyRole(type, scope, {
      online: attributes.has('online'),
      charge: ['capacity', 'energy_now', 'charge_now', 'energy_full', 'charge_full'].some(attributes.has),
    });
    const plan = { identity, names, scope, role };
    // A type that could not be read is asked for again.
    if (type !== null) plans.set(name, plan);
    return plan;
  }
}

/** @throws Error when the class exists and cannot be listed; a machine without the class has no supplies. */
function folderNames(files: SysfsFiles, dir: string, plans: Map<string, Plan>): readonly string[] {
  const names = files.list(dir);
  if (names === null) {
    plans.clear();
    if (files.cause() === 'ENOENT') return [];
    throw new Error(`${dir} cannot be listed: ${files.cause()}`);
  }
  if (plans.size > names.length) {
    for (const name of plans.keys()) if (!names.includes(name)) plans.delete(name);
  }
  return names;
}

interface Attributes {
  readonly know: (names: ReadonlySet<string>) => void;
  readonly has: (key: string) => boolean;
  readonly text: (key: string) => string | null;
  readonly number: (key: string) => number | null;
}

/**
 * One supply's attributes: the file of that name, or the line of `uevent` where there is no such file or it cannot
 * be read. Files come first: a `uevent` asks the gauge for everything it knows, which over a slow bus takes tens of
 * milliseconds, and older kernels leave the type out of it.
 */
function createAttributes(files: SysfsFiles, path: string, name: string, problems: string[]): Attributes {
  let names: ReadonlySet<string> = new Set();
  let uevent: Map<string, string> | null = null;
  const fromUevent = (key: string): string | null => {
    uevent ??= parseUevent(names.has('uevent') ? files.text(`${path}/uevent`) : null);
    return uevent.get(key) ?? null;
  };
  const text = (key: string): string | null => {
    if (!names.has(key)) return fromUevent(key);
    const value = files.text(`${path}/${key}`);
    if (value !== null) return value;
    const cause = files.cause();
    const spare = fromUevent(key);
    if (spare === null && cause !== 'empty') problems.push(`${name}/${key}: ${cause}`);
    return spare;
  };
  return {
    know: (list) => {
      names = list;
    },
    has: (key) => names.has(key) || fromUevent(key) !== null,
    text,
    number: (key) => numberOf(text(key)),
  };
}

function parseUevent(text: string | null): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text?.split('\n') ?? []) {
    const match = /^POWER_SUPPLY_([A-Z_]+)=(.*)$/.exec(line);
    const value = match?.[2]?.trim() ?? '';
    if (value !== '') values.set((match?.[1] ?? '').toLowerCase(), value);
  }
  return values;
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

function other(name: string, plan: Plan, attributes: Attributes): Draft {
  const { role, scope } = plan;
  const value = isPowerInput(role.kind) ? attributes.number('online') : null;
  // 2 is "online, programmable": the input gives what was asked for.
  const online = value === 0 ? false : value === 1 || value === 2 ? true : null;
  const isUnread = role.counted && isPowerInput(role.kind) && online === null;
  return {
    ...blank(name),
    ...role,
    scope,
    online,
    reason: isUnread ? `${role.reason}; could not be read` : role.reason,
    isSignNegative: false,
  };
}

function battery(name: string, plan: Plan, attributes: Attributes): Draft {
  const { role, scope } = plan;
  const base = { ...blank(name), ...role, scope, isSignNegative: false };
  if (attributes.number('present') === 0) {
    return { ...base, status: 'unknown', counted: false, reason: 'not in its slot' };
  }
  const status = stateOf(attributes.text('status'));
  const voltageV = onDemand(() => designVoltageV(attributes.number, false));
  const facts = batteryFacts(remembering(attributes.number), voltageV);
  // A negative current is a draining battery, whatever its status says, unless it is full (as UPower takes it).
  const isDraining = status !== 'full' && (attributes.has('current_now') ? facts.isSignNegative : false);
  return {
    ...base,
    status: isDraining ? 'discharging' : status,
    percent: facts.percent,
    energyWh: facts.energyWh,
    energyFullWh: facts.energyFullWh,
    powerW: facts.magnitudeW,
    reason:
      role.counted && facts.percent === null ? `${role.reason}; its charge could not be read` : role.reason,
    isSignNegative: facts.isSignNegative,
  };
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
  const inputs = drafts.filter((d) => d.counted && isPowerInput(d.kind));
  const isUnplugged = inputs.length > 0 && inputs.every((d) => d.online === false);
  const chosen = drafts.map(({ isSignNegative, ...supply }): ReadSupply => {
    const powerW = signed(supply.powerW, supply.status, isSignNegative, isUnplugged);
    return { ...supply, powerW, ...chosenRole(supply, choice) };
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
