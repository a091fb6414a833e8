/** Where tools leave their results when nobody tells them otherwise; tried in order. */
export const USUAL_COVERAGE: readonly string[] = [
  'coverage/lcov.info',
  'coverage/coverage-summary.json',
  'lcov.info',
  'coverage.lcov',
  'target/lcov.info',
];

/** Files, and folders that Surefire and Gradle write one file a class into. */
export const USUAL_TESTS: readonly string[] = [
  'junit.xml',
  'test-results/junit.xml',
  'test-results.xml',
  'reports/junit.xml',
  'coverage/junit.xml',
  'target/surefire-reports',
  'build/test-results/test',
];

const FIRST_NAMES = new Map([...USUAL_COVERAGE, ...USUAL_TESTS].map((place) => [place, place.split('/')[0]]));

/** Those of the usual places whose first folder or name is among `names`. */
export function usualPlacesAmong(places: readonly string[], names: ReadonlySet<string>): string[] {
  return places.filter((place) => names.has(FIRST_NAMES.get(place) ?? place));
}
