import type { EnergyState, Machine } from '../contract/energy.ts';
import type { ProjectState, Snapshot } from '../contract/state.ts';
import { CHANGE_TYPES, type ChangeType, type EnergyLevel, type Verdict } from '../contract/vocabulary.ts';
import { ageText, percentText, wattsText } from './quantities.ts';
import { isMachine } from './shown-projects.ts';
import { forecastText } from './status-line.ts';
import { CHANGE_NOUNS, VERDICT_WORDS } from './verdict-words.ts';

/** How a piece of text stands out. Never the only sign: every verdict has its glyph, every level its word. */
export type Ink = 'plain' | 'strong' | 'faint' | Verdict | EnergyLevel;

export interface Piece {
  readonly text: string;
  readonly ink: Ink;
}

/** One line of the screen, never wider than the screen. */
export type ScreenLine = readonly Piece[];

export interface WatchInput {
  readonly snapshot: Snapshot | null;
  readonly connection: 'connected' | 'connecting' | 'lost';
  /** Of the snapshot. */
  readonly ageSeconds: number;
  /** "12:04:31", local. */
  readonly clockTime: string;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

const BAR_CELLS = 20;
const NAME_CELLS = 16;
const LEAST_CELL = 9;

/**
 * The live console: level, chain, verdicts, alerts, jobs. Always exactly `rows` lines, so that nothing scrolls and a
 * painter can compare line by line; what does not fit is counted, not dropped silently.
 */
export function watchScreen(input: WatchInput, size: ScreenSize): readonly ScreenLine[] {
  const foot: ScreenLine = [faint('q quit')];
  const room = Math.max(1, size.rows - 1);
  const body = input.snapshot === null ? waiting(input) : lines(input, input.snapshot, size.columns);
  const cut =
    body.length > room
      ? [...body.slice(0, room - 1), [faint(`… ${body.length - room + 1} more lines; enlarge the window`)]]
      : body;
  const padding = Array.from({ length: room - cut.length }, (): ScreenLine => []);
  return [...cut, ...padding, foot].slice(0, size.rows).map((line) => fitted(line, size.columns));
}

function waiting({ connection }: WatchInput): ScreenLine[] {
  return connection === 'lost'
    ? [
        [strong('The core is not running.')],
        [plain('Start it with `orch daemon` or from the desktop; this screen follows by itself.')],
      ]
    : [[faint('Waiting for the core…')]];
}

function lines(input: WatchInput, snapshot: Snapshot, columns: number): ScreenLine[] {
  const { energy, projects, alerts, notes } = snapshot;
  return [
    headLine(energy, input),
    ...(input.connection === 'connected' ? [] : [lostLine(input)]),
    [plain(energy.why), ...forecastPieces(snapshot)],
    [faint(chainText(energy)), faint(machineText(snapshot.machine, energy))],
    ...alerts.map((alert): ScreenLine => [strong(`! ${alert.title} `), plain(alert.text)]),
    ...notes.map((note): ScreenLine => [faint(`note: ${note.text}`)]),
    [],
    tableHead(columns),
    ...[...projects]
      .sort((one, other) => Number(isMachine(one)) - Number(isMachine(other)))
      .flatMap((project) => projectLines(project, columns)),
    ...jobLines(snapshot),
  ];
}

function headLine(energy: EnergyState, { clockTime, ageSeconds }: WatchInput): ScreenLine {
  const { level, percent } = energy;
  const filled = percent === null ? 0 : Math.round((Math.min(100, percent) / 100) * BAR_CELLS);
  const bar: Piece[] =
    percent === null
      ? []
      : [
          ink('█'.repeat(filled), level),
          faint('░'.repeat(BAR_CELLS - filled)),
          strong(` ${percentText(percent)}`),
        ];
  return [ink(`${level} `, level), ...bar, faint(`   ${clockTime} · ${ageText(ageSeconds)}`)];
}

function lostLine({ connection, ageSeconds }: WatchInput): ScreenLine {
  const age = ageText(ageSeconds);
  return connection === 'lost'
    ? [strong(`The core does not answer. What you see is from ${age}; start it with \`orch daemon\`.`)]
    : [faint(`Connecting again… what you see is from ${age}.`)];
}

function forecastPieces({ forecast }: Snapshot): Piece[] {
  const [soonest] = forecast;
  return soonest === undefined ? [] : [faint(` · ${forecastText(soonest)}`)];
}

/** "wall → adapter → BAT0 54 % −9.1 W": only what counts. */
function chainText({ supplies, ups, onExternalPower }: EnergyState): string {
  const links = [
    ...ups.filter((one) => one.feedsThisMachine).map((one) => `UPS ${one.status}`),
    ...(onExternalPower === null ? [] : [onExternalPower ? 'plugged in' : 'not plugged in']),
    ...supplies
      .filter((supply) => supply.counted && supply.kind === 'battery')
      .map(({ name, percent, powerW }) => {
        const flow = powerW === null || powerW === 0 ? '' : ` ${powerW < 0 ? '−' : '+'}${wattsText(powerW)}`;
        return `${name} ${percentText(percent)}${flow}`;
      }),
  ];
  return links.join(' → ');
}

function machineText({ cpuPercent, memoryPercent }: Machine, { thermal }: EnergyState): string {
  const facts = [
    cpuPercent === null ? null : `CPU ${percentText(cpuPercent)}`,
    memoryPercent === null ? null : `memory ${percentText(memoryPercent)}`,
    thermal.hottestC === null ? null : `${Math.round(thermal.hottestC)}\u202f°C`,
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? '' : `   ${facts.join(' · ')}`;
}

/** Narrow screens show the default change alone. */
function shownChanges(columns: number): { changes: readonly ChangeType[]; cell: number } {
  const cell = Math.min(16, Math.floor((columns - NAME_CELLS) / CHANGE_TYPES.length));
  return cell < LEAST_CELL ? { changes: [], cell: 0 } : { changes: CHANGE_TYPES, cell };
}

function tableHead(columns: number): ScreenLine {
  const { changes, cell } = shownChanges(columns);
  return [
    faint(''.padEnd(NAME_CELLS)),
    ...changes.map((change) => faint(padded(CHANGE_NOUNS[change], cell))),
  ];
}

function projectLines(project: ProjectState, columns: number): ScreenLine[] {
  const { changes, cell } = shownChanges(columns);
  const name = isMachine(project) ? 'this machine' : project.id;
  const decision = project.decisions[project.defaultChange];
  const verdict = decision?.verdict ?? 'unknown';
  const cells =
    changes.length === 0
      ? [ink(verdictText(verdict), verdict)]
      : changes.map((change) => {
          const its = project.decisions[change]?.verdict ?? 'unknown';
          return ink(padded(verdictText(its), cell), its);
        });
  const reason = decision?.bindingReason ?? null;
  const way = decision?.cheapestWayToPass ?? null;
  return [
    [strong(padded(name, NAME_CELLS)), ...cells],
    ...(reason === null ? [] : [[plain(`  ${reason}`), faint(way === null ? '' : ` ${way}`)]]),
    ...(project.problem === null ? [] : [[faint(`  ${project.problem}`)]]),
  ];
}

function verdictText(verdict: Verdict): string {
  const { character, title } = VERDICT_WORDS[verdict];
  return `${character} ${title.replace(' first', '').toLowerCase()}`;
}

function jobLines({ jobs, jobCounts }: Snapshot): ScreenLine[] {
  const count = Object.values(jobCounts ?? {}).reduce((sum, ofState) => sum + ofState, 0) || jobs.length;
  const what = count === 1 ? '1 job' : `${count} jobs`;
  return count === 0 ? [] : [[], [faint(`${what}: \`orch jobs\` lists them`)]];
}

/** Cut to a column's width, with a gap behind. */
function padded(text: string, cells: number): string {
  return (text.length >= cells ? `${text.slice(0, cells - 2)}…` : text).padEnd(cells);
}

function fitted(line: ScreenLine, columns: number): ScreenLine {
  let left = columns;
  return line.flatMap((piece) => {
    if (left <= 0 || piece.text === '') return [];
    const isCut = piece.text.length > left;
    const text = isCut ? `${piece.text.slice(0, left - 1)}…` : piece.text;
    left -= text.length;
    if (isCut) left = 0;
    return [{ ...piece, text }];
  });
}

function ink(text: string, which: Ink): Piece {
  return { text, ink: which };
}

function plain(text: string): Piece {
  return ink(text, 'plain');
}

function strong(text: string): Piece {
  return ink(text, 'strong');
}

function faint(text: string): Piece {
  return ink(text, 'faint');
}
