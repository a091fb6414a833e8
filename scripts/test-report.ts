import { howToGet, type SystemPart } from './system-parts.ts';

/** What is used of the file vitest's JSON reporter writes. */
export interface VitestReport {
  readonly testResults: readonly {
    /** Absolute path of the test file. */
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export interface NamedTest {
  readonly file: string;
  readonly name: string;
}

export interface TestCount {
  readonly passed: number;
  /** Tests that failed, files that could not be loaded, and runs that ended badly without a failed test. */
  readonly failed: readonly NamedTest[];
  readonly skipped: readonly NamedTest[];
  /** What failed first and passed when its file ran again, alone. Counted as passed, and always named. */
  readonly unsteady?: readonly NamedTest[];
}

/** More failing files than this are no chance, and running them again would only take time. */
const MOST_AGAIN = 4;

/** Files that failed and are worth a second try; none when too many failed, or something that is no file. */
export function filesToTryAgain({ failed }: TestCount): readonly string[] {
  const files = [...new Set(failed.map(({ file }) => file))];
  return files.length > MOST_AGAIN || files.some((file) => !file.endsWith('.test.ts')) ? [] : files;
}

/** The first run, with the files that ran `again` counted by that run alone. */
export function withSecondTry(first: VitestReport, again: VitestReport): VitestReport {
  const ranAgain = new Set(again.testResults.map(({ name }) => name));
  return {
    testResults: [...first.testResults.filter(({ name }) => !ranAgain.has(name)), ...again.testResults],
  };
}

/** Counts one run. A file that failed without a failed test (an import error, a hook) is one failure. */
export function countReport(report: VitestReport, relative: (file: string) => string): TestCount {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({
      file: relative(file.name),
      name: test.fullName,
      status: test.status,
    })),
  );
  const broken = report.testResults
    .filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    )
    .map((file) => ({ file: relative(file.name), name: file.message?.split('\n')[0] ?? 'could not be run' }));
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: [...tests.filter((test) => test.status === 'failed'), ...broken].map(named),
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map(named),
  };
}

function named({ file, name }: NamedTest): NamedTest {
  return { file, name };
}

export function sumCounts(counts: readonly TestCount[]): TestCount {
  return {
    passed: counts.reduce((sum, count) => sum + count.passed, 0),
    failed: counts.flatMap((count) => count.failed),
    skipped: counts.flatMap((count) => count.skipped),
    unsteady: counts.flatMap((count) => count.unsteady ?? []),
  };
}

export interface Omissions {
  readonly missing: readonly SystemPart[];
  /** Parts the caller said may be missing. */
  readonly without: readonly string[];
  readonly requireAll: boolean;
  /** The text of a test file, to tell which part it needs. */
  readonly textOf: (file: string) => string;
}

/** A test for another platform can never run here, so it may always be left out. */
const OTHER_PLATFORM = /\[(windows|macos|linux)\]/;

/**
 * What is said after the run, a line each, and what of it counts as a failure. Without `requireAll` nothing
 * does; with it every missing part and every skipped test that no `without` explains.
 */
export function reportOmissions(
  skipped: readonly NamedTest[],
  { missing, without, requireAll, textOf }: Omissions,
): { readonly lines: string[]; readonly failures: number } {
  const allowed = missing.filter((part) => without.includes(part.name));
  const excused = (test: NamedTest): boolean =>
    OTHER_PLATFORM.test(test.name) || allowed.some((part) => part.usedBy.test(textOf(test.file)));
  const partLines = missing.map((part) => {
    const fails = requireAll && !without.includes(part.name);
    return `${fails ? 'MISSING' : 'left out'}  ${part.name}: ${part.tests}. ${howToGet(part)}`;
  });
  const testLines = skipped.map(
    (test) => `${requireAll && !excused(test) ? 'SKIPPED' : 'skipped'}  ${test.file} > ${test.name}`,
  );
  const failures = requireAll
    ? missing.length - allowed.length + skipped.filter((test) => !excused(test)).length
    : 0;
  return { lines: [...partLines, ...testLines], failures };
}

/** The last line of every run, alone on its line. */
export function totalLine(passed: number, failed: number): string {
  return `${passed} passed, ${failed} failed`;
}
