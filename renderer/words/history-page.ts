import type { GapCause, HistoryEventKind } from '../../shared/contract/history.ts';
import type { Verdict } from '../../shared/contract/vocabulary.ts';

const gaps: Record<GapCause, (howLong: string) => string> = {
  asleep: (howLong) => `asleep ${howLong}`,
  'not-running': (howLong) => `not running ${howLong}`,
  'not-recorded': (howLong) => `not recorded ${howLong}`,
};

const gapNames: Record<GapCause, string> = {
  asleep: 'asleep',
  'not-running': 'not running',
  'not-recorded': 'not recorded',
};

const kinds: Record<HistoryEventKind, string> = {
  deployment: 'Deployment',
  incident: 'Incident',
  halt: 'Halt',
  waiver: 'Waiver',
  alert: 'Alert',
  decision: 'Decision',
  power: 'Power',
  clock: 'Clock',
};

const verdicts: Record<Verdict, string> = {
  allow: 'go',
  throttle: 'review first',
  block: 'wait',
  unknown: 'unclear',
};

const acts: Record<string, string | undefined> = {
  halt: 'halted',
  'halt-began': 'halted',
  'halt-cleared': 'halt lifted',
  'halt-ended': 'halt over',
  waive: 'waived',
};

/** What is asked for beside the curves. */
const bands: Record<string, string | undefined> = {
  levels: 'Power level',
  verdicts: 'Verdicts',
  events: 'Events',
};

const plots: Record<string, string> = {
  charge: 'Battery charge',
  power: 'Power',
  temperature: 'Temperature',
  load: 'Load',
  ups: 'UPS',
  forecast: 'Forecast, as it was told',
};

/** By the core's names; a metric that is not here is called as the core calls it. */
const metrics: Record<string, string> = {
  percent: 'Charge',
  netPowerW: 'Into or out of the battery',
  drawW: 'Drawn by the machine',
  hottestC: 'Hottest sensor',
  throttles: 'Processor slowed down by heat',
  cpuPercent: 'Processor',
  memoryPercent: 'Memory',
  gpuPercent: 'Graphics',
  upsChargePercent: 'Charge of the UPS',
  upsRuntimeSeconds: 'Time the UPS lasts',
  upsLoadPercent: 'Load of the UPS',
  ownCpuPercent: 'Processor time of this app',
  ownMemoryMb: 'Memory of this app',
};

/** The words of the history page. */
export const historyPage = {
  lead: 'What this machine and its projects did, on one time axis.',
  ranges: { '1h': '1\u202fh', '24h': '24\u202fh', '7d': '7\u202fdays', '30d': '30\u202fdays' },
  rangeName: 'How far back',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  reset: 'Reset',
  plots,
  metrics,
  scoresOf: (project: string) => `Scores: ${project}`,
  levels: 'Power level',
  verdictsOf: (project: string, changes: string) => (changes === '' ? project : `${project}: ${changes}`),
  events: 'Events',
  kinds,
  bands,
  acts,
  verdicts,
  gaps,
  gapNames,
  gapsName: 'Gaps',
  noData: 'no data',
  valueOf: (name: string, value: string) => `${name}: ${value}`,
  meanOf: (mean: string, low: string, high: string) => `${mean} (${low} to ${high})`,
  columns: { from: 'From', at: 'When', what: 'What', howLong: 'How long', detail: 'More' },
  charts: 'Charts',
  marker: 'Marker',
  chartsHelp:
    'Left and right move the marker. With Shift they move the time shown. Plus and minus zoom, 0 resets.',
  hint: 'Drag to zoom, Shift and drag to move. Wheel with Ctrl, or on the time axis, zooms. Keys: ← → marker, Shift ← → move, + − zoom, 0 reset.',
  shown: 'Shown',
  shownCount: (shown: number, all: number) => `${shown} of ${all}`,
  private: 'private',
  privateHint: 'Stays on this machine.',
  table: 'Table',
  tableOf: (title: string) => `${title} as a table`,
  forecast: 'Expected',
  exportName: 'Save',
  exportAs: (format: string) => format,
  exportHint: (range: string) =>
    `Curves shown, levels, verdicts and gaps, ${range}. Private values are left out.`,
  exported: 'Saved.',
  exportFailed: 'Could not be saved. Try again.',
  loading: 'Reading the history',
  refining: 'Reading',
  failed: 'The history could not be read.',
  retry: 'Try again',
  missing: (names: string) => `Could not be read: ${names}.`,
  cut: 'Only the newest 2000 events are shown.',
  emptyTitle: 'No history yet',
  empty: (time: string) => `Recording began at ${time}. The first curve appears within a minute.`,
  emptyNever: 'The first sample comes within a minute and a half. It fills up from there, every 30\u202fs.',
  emptyHere: 'Nothing was recorded in this time.',
  since: (time: string) => `Recorded since ${time}.`,
  nothingChosen: 'Nothing is chosen. Choose what to show below.',
};
