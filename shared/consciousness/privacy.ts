/** Scores about a person rather than a project. They stay on this machine (domain 1.2, wellbeing). */
export const PRIVATE_SCORES: readonly string[] = ['wellbeing'];

/** The scores as they may leave this machine: exports, fleet, logs and metrics take these. */
export function withoutPrivateScores<T>(scores: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  if (!PRIVATE_SCORES.some((name) => Object.hasOwn(scores, name))) return scores;
  return Object.fromEntries(Object.entries(scores).filter(([name]) => !PRIVATE_SCORES.includes(name)));
}
