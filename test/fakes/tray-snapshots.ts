import type { Decision } from '../../shared/contract/decision.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import { snapshotSchema } from '../../shared/contract/state.ts';
import type { ChangeType, EnergyLevel, Verdict } from '../../shared/contract/vocabulary.ts';
import type { TrayAct, TrayMenuItem } from '../../shared/view/tray-menu.ts';
import { trayView } from '../../shared/view/tray-view.ts';
import type { TrayView } from '../../shared/view/tray-view.ts';

export const at = '2026-01-05T10:00:00.000Z';

function decision(project: string, change: ChangeType, verdict: Verdict): Decision {
  const held = verdict === 'allow' ? null : 'battery 17 %, features need 20 %';
  return {
    id: `${project}-${change}`,
    project,
    change,
    verdict,
    bindingReason: held,
    reasons: [],
    cheapestWayToPass: held === null ? null : 'plug in',
    retryAfterSeconds: null,
    operatingMode: 'NORMAL',
    level: 'LOW',
    decidedAt: at,
    ages: {},
    inputsHash: 'a',
  };
}

export function project(
  id: string,
  verdicts: Partial<Record<ChangeType, Verdict>>,
  more: Partial<ProjectState> = {},
): ProjectState {
  return {
    id,
    path: `/work/${id}`,
    profile: 'business',
    scores: {},
    mode: 'FAST',
    operatingMode: 'NORMAL',
    confidence: 1,
    freshness: 'fresh',
    problem: null,
    showInTray: true,
    defaultChange: 'feature',
    decisions: Object.fromEntries(
      Object.entries(verdicts).map(([change, verdict]) => [
        change,
        decision(id, change as ChangeType, verdict),
      ]),
    ),
    ...more,
  };
}

export function snapshot(
  level: EnergyLevel,
  projects: readonly ProjectState[],
  more: Partial<Snapshot> = {},
  percent: number | null = 17,
): Snapshot {
  return snapshotSchema.parse({
    schemaVersion: 1,
    sequence: 1,
    at,
    version: '0.1.0',
    energy: {
      level,
      levelValue: null,
      why: 'battery 17 %, draining 9.1 W',
      onExternalPower: false,
      percent,
      netPowerW: -9.1,
      state: 'discharging',
      reservePercent: null,
      batteryPresent: true,
      supplies: [],
      ups: [],
      thermal: { coolingStatus: null, hottestC: null, zone: null, headroomC: null, sensors: [] },
      readAt: at,
    },
    machine: { cpuPercent: null, memoryPercent: null, gpuPercent: null, networkStatus: null },
    projects: [...projects],
    alerts: [],
    jobs: [],
    forecast: [],
    sync: {},
    notes: [],
    ...more,
  });
}

export function connected(state: Snapshot): TrayView {
  return trayView({ snapshot: state, connection: 'connected' });
}

export function labels(view: TrayView): readonly string[] {
  return view.menu.map((item: TrayMenuItem) => (item.kind === 'separator' ? '-' : item.label));
}

/** The line that reads `label`, wherever in the menu it is. */
export function found(view: TrayView, label: string): TrayMenuItem {
  const flat = (items: readonly TrayMenuItem[]): readonly TrayMenuItem[] =>
    items.flatMap((item) => (item.kind === 'submenu' ? [item, ...flat(item.items)] : [item]));
  const item = flat(view.menu).find((one) => one.kind !== 'separator' && one.label === label);
  if (item === undefined) throw new Error(`no line "${label}"`);
  return item;
}

export function chosen(view: TrayView, label: string): TrayAct {
  const item = found(view, label);
  if (item.kind !== 'act') throw new Error(`"${label}" cannot be chosen`);
  return item.act;
}
