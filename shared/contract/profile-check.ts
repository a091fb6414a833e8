import type { z } from 'zod';

import type { ProfileConfig, ScoreConfig } from './profile-config.ts';
import { MEASURES, PROFILE_SCORES, PROFILES } from './vocabulary.ts';

type Context = z.core.$RefinementCtx;
type Complain = (path: readonly PropertyKey[], message: string, input?: unknown) => void;

/** Told by the person or by the machine, in every profile: nothing else may carry their names. */
const TAKEN: readonly string[] = ['wellbeing', ...PROFILE_SCORES.infrastructure];
/** Told by the machine: its thresholds may be set, how it is measured may not. */
const LOAD = 'computation_load';
/** Built-in scores that a project can be judged without. */
const OPTIONAL: readonly string[] = ['wellbeing', 'embedding_quality'];
/** Weights like 33.33 are meant as thirds. */
const ROUNDING_PERCENT = 0.05;

/** What the shape of a profile alone does not say; each complaint names its field. */
export function checkProfile(profile: ProfileConfig, context: Context): void {
  const complain: Complain = (path, message, input) =>
    context.addIssue({ code: 'custom', path: [...path], message, input });
  const builtIn: readonly string[] = PROFILE_SCORES[profile.extends];
  for (const [name, score] of Object.entries(profile.scores)) {
    const path = ['scores', name];
    if (TAKEN.includes(name))
      complain(path, 'is told by the person or the machine and cannot be changed', name);
    else if (name === LOAD && profile.extends !== 'ml')
      complain(path, 'belongs to profiles that extend ml', name);
    else if (score === null && !builtIn.includes(name))
      complain(path, `is no score of ${profile.extends}: ${builtIn.join(', ')}`, name);
    else if (score !== null)
      checkScore(name, score, profile, (at, ...rest) => complain([...path, ...at], ...rest));
  }
  checkModes(profile, complain);
  if (!hasNeededScore(profile))
    complain(
      ['scores'],
      'leave nothing to judge by: one at least must stay and not be optional',
      profile.scores,
    );
}

/** A name of the settings must not hide a built-in profile. */
export function checkProfileNames(profiles: Readonly<Record<string, unknown>>, context: Context): void {
  for (const name of Object.keys(profiles)) {
    if (!(PROFILES as readonly string[]).includes(name)) continue;
    const message = 'is built in; another name is needed';
    context.addIssue({ code: 'custom', path: [name], message, input: name });
  }
}

/** Every project's profile is built in or of the settings. */
export function checkProjectProfiles(
  config: {
    readonly profiles: Readonly<Record<string, unknown>>;
    readonly projects: readonly { readonly profile: string }[];
  },
  context: Context,
): void {
  const known = [...PROFILES, ...Object.keys(config.profiles)];
  for (const [index, { profile }] of config.projects.entries()) {
    if (known.includes(profile)) continue;
    const message = `is not one of ${known.join(', ')}`;
    context.addIssue({ code: 'custom', path: ['projects', index, 'profile'], message, input: profile });
  }
}

function checkScore(name: string, score: ScoreConfig, profile: ProfileConfig, complain: Complain): void {
  if (name === LOAD) {
    for (const key of ['inputs', 'groups', 'as', 'better'] as const)
      if (score[key] !== undefined) complain([key], 'cannot be set: this machine tells its load', score[key]);
  }
  checkInputs(score, complain);
  const better = score.better ?? (name === LOAD ? 'lower' : 'higher');
  for (const key of ['haltUnless', 'safeUnless', 'blockUnless', 'throttleUnless'] as const) {
    const text = score[key] ?? null;
    if (text === null) continue;
    if (isOfMode(key) && profile.extends !== 'business')
      complain([key], 'belongs to profiles that extend business', text);
    else if (wanted(text) !== better)
      complain(
        [key],
        `must say ${better === 'higher' ? 'above or at least' : 'below or at most'}: ${better} is better`,
        text,
      );
  }
  if (asksMore(score.haltUnless, score.safeUnless))
    complain(['haltUnless'], 'asks for more than safeUnless', score.haltUnless);
}

function checkInputs({ inputs, groups }: ScoreConfig, complain: Complain): void {
  const named = Object.entries(inputs ?? {});
  for (const [input, weight] of named)
    if (!(MEASURES as readonly string[]).includes(input))
      complain(
        ['inputs', input],
        `is the weight of something unknown; one of ${MEASURES.join(', ')} is measured`,
        weight,
      );
  const percent = named.reduce((sum, [, weight]) => sum + weight, 0);
  if (named.length > 0 && Math.abs(percent - 100) > ROUNDING_PERCENT)
    complain(['inputs'], `come to ${Math.round(percent * 100) / 100} %, 100 % is needed`, inputs);
  const seen = new Set<string>();
  for (const [group, members] of Object.entries(groups ?? {})) {
    for (const member of members) {
      if (inputs?.[member] === undefined) complain(['groups', group], 'is none of its inputs', member);
      else if (seen.has(member)) complain(['groups', group], 'is in two groups', member);
      seen.add(member);
    }
  }
}

function checkModes({ modes, extends: base }: ProfileConfig, complain: Complain): void {
  for (const key of ['haltUnless', 'safeUnless'] as const) {
    const text = modes[key];
    if (text === undefined) continue;
    if (base !== 'business') complain(['modes', key], 'belongs to profiles that extend business', text);
    else if (wanted(text) !== 'higher')
      complain(
        ['modes', key],
        'must say above or at least; a score where lower is better says its own',
        text,
      );
  }
  if (modes.efficientUpTo !== undefined && base !== 'ml')
    complain(['modes', 'efficientUpTo'], 'belongs to profiles that extend ml', modes.efficientUpTo);
  if (asksMore(modes.haltUnless, modes.safeUnless))
    complain(['modes', 'haltUnless'], 'asks for more than safeUnless', modes.haltUnless);
}

function isOfMode(key: string): boolean {
  return key === 'haltUnless' || key === 'safeUnless';
}

function wanted(need: string): 'higher' | 'lower' {
  return need.startsWith('above') || need.startsWith('at least') ? 'higher' : 'lower';
}

/** Both the same way round; a pair that is not is complained of elsewhere. */
function asksMore(halt: string | null | undefined, safe: string | null | undefined): boolean {
  if (typeof halt !== 'string' || typeof safe !== 'string') return false;
  const [first, second] = [Number(halt.split(' ').at(-1)), Number(safe.split(' ').at(-1))];
  return wanted(halt) === 'higher' ? first > second : first < second;
}

/** One score at least without which the project cannot be judged. */
function hasNeededScore({ extends: base, scores }: ProfileConfig): boolean {
  if (base === 'infrastructure') return true;
  const names = new Set([...PROFILE_SCORES[base], ...Object.keys(scores)]);
  return [...names].some((name) => {
    const own = scores[name];
    return own !== null && !(own?.optional ?? OPTIONAL.includes(name));
  });
}
