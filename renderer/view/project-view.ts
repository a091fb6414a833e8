import type { Decision } from '../../shared/contract/decision.ts';
import type { ProjectState } from '../../shared/contract/state.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import type { ChangeType, Freshness, Verdict } from '../../shared/contract/vocabulary.ts';
import { ageText, minutesText, percentText } from '../../shared/view/quantities.ts';
import { isMachine } from '../../shared/view/shown-projects.ts';
import { verdictPhrase } from '../../shared/view/verdict-words.ts';
import type { Words } from '../words/words.ts';
import { decisionFor } from './permission.ts';
import { spacedWords } from './plain-text.ts';

export interface ScoreView {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** 0..100 for the bar; null for status words and for no data. */
  readonly share: number | null;
  readonly hasData: boolean;
}

/** Kinds of change the project was judged for, in the one order used everywhere. */
export function changesOf(project: ProjectState): readonly ChangeType[] {
  return CHANGE_TYPES.filter((change) => project.decisions[change] !== undefined);
}

export function verdictOf(project: ProjectState, change: ChangeType): Verdict {
  return decisionFor(project, change)?.verdict ?? 'unknown';
}

export function projectName(project: ProjectState, words: Words): string {
  return isMachine(project) ? words.projects.machine : project.id;
}

/**
 * "features wait · fixes go": the default change, and the kind of change that still goes when it does not.
 * The machine itself says how it is: "degraded".
 */
export function projectPhrase(project: ProjectState, words: Words): string {
  if (isMachine(project)) {
    return project.mode === null ? words.projects.modeUnclear : words.projects.healthModes[project.mode];
  }
  const asked = project.defaultChange;
  const verdict = verdictOf(project, asked);
  const first = project.mode === 'HALT' ? words.projects.halted : verdictPhrase(asked, verdict);
  const wayOut = verdict === 'allow' ? null : wayThrough(project, asked);
  return wayOut === null ? first : `${first} · ${verdictPhrase(wayOut, 'allow')}`;
}

/** The most useful kind of change that is allowed while the asked one is not. */
function wayThrough(project: ProjectState, asked: ChangeType): ChangeType | null {
  const order: readonly ChangeType[] = ['feature', 'fix', 'safe', 'revert'];
  return order.find((change) => change !== asked && verdictOf(project, change) === 'allow') ?? null;
}

/** Scores in the order the core gives them. Numbers are rounded down: 69.6 must not read as 70. */
export function scoreViews(project: ProjectState, words: Words): readonly ScoreView[] {
  return Object.entries(project.scores).map(([name, value]) => {
    const label = scoreLabel(name, words);
    if (value === null) return { name, label, value: words.projects.noData, share: null, hasData: false };
    if (typeof value === 'string') {
      return { name, label, value: sentenceCase(value), share: null, hasData: true };
    }
    if (name === 'power_available') {
      return { name, label, value: words.projects.outOf(String(value), 4), share: value * 25, hasData: true };
    }
    return { name, label, value: String(Math.floor(value)), share: value, hasData: true };
  });
}

export function scoreLabel(name: string, words: Words): string {
  return words.projects.scores[name] ?? name.replaceAll('_', ' ');
}

export function isWorrying(freshness: Freshness): boolean {
  return freshness !== 'fresh';
}

/** Built-in profiles by their word, others by their own name. */
export function profileLabel(profile: string, words: Words): string {
  return words.projects.profiles[profile] ?? spacedWords(profile);
}

/** "ML · health normal · runs disabled · 80 % of evidence fresh". */
export function projectFacts(project: ProjectState, words: Words): readonly string[] {
  return [
    profileLabel(project.profile, words),
    project.mode === null ? words.projects.modeUnknown : words.projects.mode(project.mode),
    words.projects.operatingMode(project.operatingMode),
    words.projects.confidence(percentText(project.confidence * 100)),
  ];
}

/** "Ask again in about 20 min."; null where waiting has no known end. */
export function retryText(decision: Decision, words: Words): string | null {
  const seconds = decision.retryAfterSeconds;
  return seconds === null ? null : words.projects.retry(minutesText(Math.max(1, Math.ceil(seconds / 60))));
}

/** "Based on energy read 4 s ago, report read 3 h ago."; what was never read is told by the project's problem. */
export function basisText(decision: Decision, sinceSeconds: number, words: Words): string | null {
  const parts = Object.entries(decision.ages).flatMap(([name, seconds]) =>
    seconds === null ? [] : [words.projects.basedOn(spacedWords(name), ageText(seconds + sinceSeconds))],
  );
  return parts.length === 0 ? null : words.projects.based(parts.join(', '));
}

/** Reasons after the binding one, which is told by itself. */
export function otherReasons(decision: Decision): readonly { code: string; text: string }[] {
  return decision.reasons.filter((reason) => reason.text !== decision.bindingReason);
}

function sentenceCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
