import type { AlertFacts } from '../../shared/alerts/alert-rule.ts';
import { levelOfPercent, levelValue } from '../../shared/energy/level.ts';
import type { EnergyState } from '../../shared/contract/energy.ts';
import type { ProjectState, Snapshot } from '../../shared/contract/state.ts';
import { bareSnapshot } from './bare-snapshot.ts';

/** A laptop on battery at a charge, its level by the charge alone. */
export function onBattery(percent: number, over: Partial<Snapshot> = {}): Snapshot {
  const level = levelOfPercent(percent);
  return withEnergy({ level, levelValue: levelValue(level), percent, onExternalPower: false }, over);
}

/** The same laptop, charging. */
export function pluggedIn(percent: number, over: Partial<Snapshot> = {}): Snapshot {
  return withEnergy({ level: 'FULL', levelValue: 4, percent, onExternalPower: true }, over);
}

export function withEnergy(energy: Partial<EnergyState>, over: Partial<Snapshot> = {}): Snapshot {
  const bare = bareSnapshot(energy.level ?? 'FULL');
  return { ...bare, energy: { ...bare.energy, ...energy }, ...over };
}

/** A project with nothing wrong with it. */
export function soundProject(over: Partial<ProjectState> = {}): ProjectState {
  return {
    id: 'shop',
    path: '/home/ann/shop',
    profile: 'business',
    scores: {},
    mode: 'FAST',
    operatingMode: 'FULL_SPEED',
    confidence: 1,
    freshness: 'fresh',
    problem: null,
    decisions: {},
    halt: null,
    waivers: [],
    showInTray: true,
    defaultChange: 'feature',
    ...over,
  };
}

export function alertFacts(over: Partial<AlertFacts> = {}): AlertFacts {
  return {
    snapshot: pluggedIn(80),
    nowMs: Date.parse('2026-01-05T10:00:00Z'),
    blockedAsks: [],
    rollbacks: [],
    throttledAtMs: null,
    freeDiskBytes: 50e9,
    noticesRefused: null,
    trayMissing: false,
    channelTroubles: [],
    ...over,
  };
}
