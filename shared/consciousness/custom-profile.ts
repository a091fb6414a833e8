import type { ProfileConfig, ScoreConfig } from '../contract/profile-config.ts';
import type { Measure } from '../contract/vocabulary.ts';
import {
  BUILT_IN_PROFILES,
  EVEN_WEIGHT,
  HALT_UNLESS,
  SAFE_UNLESS,
  wellbeingScore,
  type ProfileDefinition,
  type ScoreDefinition,
} from './profile-definition.ts';
import { formulaGroup, type Formula, type FormulaGroup } from './score-formulas.ts';
import { scoreNeed, type ScoreNeed } from './score-need.ts';

/** A machine's own scores weigh as much together as one score beside them. */
const BESIDE_MACHINE_WEIGHT = 100;

/**
 * A profile of the settings: what it extends, with its own scores in place of those of the same name and after the
 * others. The settings were checked; throws a RangeError for a need that cannot be read.
 */
export function customProfile(name: string, config: ProfileConfig): ProfileDefinition {
  const base = BUILT_IN_PROFILES[config.extends];
  const { modes } = config;
  const ofMode: ModeNeeds =
    config.extends === 'business'
      ? { haltUnless: need(modes.haltUnless, HALT_UNLESS), safeUnless: need(modes.safeUnless, SAFE_UNLESS) }
      : { haltUnless: null, safeUnless: null };
  const inherited = base.scores.flatMap((score): ScoreDefinition[] => {
    if (score.source === 'person') return [wellbeingScore(ofMode.safeUnless)];
    if (score.source === 'machine') return [score];
    const own = config.scores[score.score];
    if (own === null) return [];
    return [customScore(score.score, own ?? {}, score, base, ofMode)];
  });
  const names = base.scores.map(({ score }) => score);
  const added = Object.entries(config.scores).flatMap(([score, own]) =>
    own === null || names.includes(score) ? [] : [customScore(score, own, null, base, ofMode)],
  );
  return {
    name,
    base: base.base,
    scores: [...inherited, ...added],
    efficientUpTo: modes.efficientUpTo ?? base.efficientUpTo,
  };
}

type ModeNeeds = Pick<ScoreDefinition, 'haltUnless' | 'safeUnless'>;

function customScore(
  score: string,
  own: ScoreConfig,
  inherited: ScoreDefinition | null,
  { base }: ProfileDefinition,
  ofMode: ModeNeeds,
): ScoreDefinition {
  const formula = inherited?.source === 'load' ? null : formulaOf(score, own, inherited?.formula ?? null);
  const isOptional = own.optional ?? inherited?.weight === 0;
  const needed = base === 'infrastructure' ? BESIDE_MACHINE_WEIGHT : EVEN_WEIGHT;
  // The profile's own thresholds are put for scores that are better when higher.
  const takesModes = formula !== null && formula.better === 'higher';
  return {
    score,
    source: inherited?.source ?? 'evidence',
    formula,
    weight: isOptional ? 0 : needed,
    haltUnless: need(own.haltUnless, takesModes ? ofMode.haltUnless : null),
    safeUnless: need(own.safeUnless, takesModes ? ofMode.safeUnless : null),
    blockUnless: need(own.blockUnless, inherited?.blockUnless ?? null),
    throttleUnless: need(own.throttleUnless, inherited?.throttleUnless ?? null),
  };
}

function formulaOf(score: string, own: ScoreConfig, inherited: Formula | null): Formula {
  return {
    score,
    kind: own.as ?? inherited?.kind ?? 'mean',
    better: own.better ?? inherited?.better ?? 'higher',
    groups: own.inputs === undefined ? (inherited?.groups ?? []) : groupsOf(own.inputs, own.groups ?? {}),
  };
}

/** Each input a group of its own, unless it is named in one; in the order in which they are written. */
function groupsOf(
  inputs: Readonly<Record<string, number>>,
  groups: Readonly<Record<string, readonly string[]>>,
): readonly FormulaGroup[] {
  const groupOf = (input: string): string =>
    Object.entries(groups).find(([, members]) => members.includes(input))?.[0] ?? input;
  const shares = new Map<string, Partial<Record<Measure, number>>>();
  for (const [input, percent] of Object.entries(inputs)) {
    const group = groupOf(input);
    shares.set(group, { ...shares.get(group), [input]: percent });
  }
  return [...shares].map(([name, share]) => formulaGroup(name, share));
}

/** Not said takes what is usual; null asks nothing. */
function need(text: string | null | undefined, usual: ScoreNeed | null): ScoreNeed | null {
  if (text === undefined) return usual;
  if (text === null) return null;
  const read = scoreNeed(text);
  if (read === null) throw new RangeError(`"${text}" does not read like "at least 70"`);
  return read;
}
