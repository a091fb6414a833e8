import { FileProblem } from '../projects/file-problem.ts';
import { plainText } from '../projects/plain-text.ts';
import type { EvidenceReader } from './evidence-file.ts';
import type { Sliced } from './sliced.ts';
import { xmlTags, type XmlTag } from './xml-scan.ts';

/** How many tests of a run ended how. */
export interface TestCounts {
  readonly passed: number;
  /** Failures and errors. */
  readonly failed: number;
  readonly skipped: number;
  /** Names of the first few that failed. */
  readonly failedNames: readonly string[];
}

const TAGS_A_SLICE = 2000;
const NAMES_KEPT = 5;
/** What a test's child says of it. A flaky failure passed in the end; a rerun's comes beside a `failure`. */
const OUTCOMES: Readonly<Record<string, 'failed' | 'skipped'>> = {
  failure: 'failed',
  error: 'failed',
  skipped: 'skipped',
};

interface Suite {
  /** From the attributes; null where they are not all there. */
  readonly stated: Omit<TestCounts, 'failedNames'> | null;
  /** Whether tests or suites stood in it. */
  hasInner: boolean;
}

/**
 * JUnit's XML as Ant, Surefire, Gradle, pytest, Jest and others write it: `testcase`s are counted by their
 * `failure`, `error` and `skipped`. A suite that lists none counts by its attributes. Throws a FileProblem.
 */
export function* parseJunit(text: string): Sliced<TestCounts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failedNames: string[] = [];
  const suites: Suite[] = [];
  let test: { readonly name: string; outcome: 'passed' | 'failed' | 'skipped' } | null = null;
  let depth = 0;
  let testDepth = 0;
  let seen = 0;
  for (const tag of xmlTags(text)) {
    seen += 1;
    if (seen % TAGS_A_SLICE === 0) yield;
    if (tag.kind === 'start') {
      depth += 1;
      if (depth === 1 && tag.name !== 'testsuites' && tag.name !== 'testsuite')
        throw new FileProblem(
          `:${tag.line} <${plainText(tag.name, 40)}> is given; <testsuites> or <testsuite> is expected`,
        );
      if (test !== null) {
        const outcome = depth === testDepth + 1 ? OUTCOMES[tag.name] : undefined;
        if (outcome !== undefined && test.outcome !== 'failed') test.outcome = outcome;
      } else if (tag.name === 'testsuite' || tag.name === 'testsuites') {
        suites.forEach((suite) => (suite.hasInner ||= tag.name === 'testsuite'));
        suites.push({ stated: tag.name === 'testsuite' ? statedCounts(tag) : null, hasInner: false });
      } else if (tag.name === 'testcase') {
        suites.forEach((suite) => (suite.hasInner = true));
        test = { name: tag.attributes.get('name') ?? '', outcome: 'passed' };
        testDepth = depth;
      }
      continue;
    }
    if (test !== null && depth === testDepth) {
      counts[test.outcome] += 1;
      if (test.outcome === 'failed' && failedNames.length < NAMES_KEPT)
        failedNames.push(plainText(test.name, 120));
      test = null;
    } else if (test === null && (tag.name === 'testsuite' || tag.name === 'testsuites')) {
      const suite = suites.pop();
      if (suite !== undefined && !suite.hasInner && suite.stated !== null) {
        counts.passed += suite.stated.passed;
        counts.failed += suite.stated.failed;
        counts.skipped += suite.stated.skipped;
      }
    }
    depth -= 1;
  }
  return { ...counts, failedNames };
}

type StartTag = Extract<XmlTag, { kind: 'start' }>;

/** Attributes that are there must be whole numbers, whether they are needed or not. */
function statedCounts(tag: StartTag): Suite['stated'] {
  const tests = attribute(tag, 'tests');
  const failures = attribute(tag, 'failures') ?? 0;
  const errors = attribute(tag, 'errors') ?? 0;
  const skipped = attribute(tag, 'skipped') ?? attribute(tag, 'disabled') ?? 0;
  if (tests === null) return null;
  const failed = failures + errors;
  if (failed + skipped > tests)
    throw new FileProblem(
      `:${tag.line} testsuite: ${failed} failed and ${skipped} skipped are more than ${tests} tests`,
    );
  return { passed: tests - failed - skipped, failed, skipped };
}

function attribute(tag: StartTag, name: string): number | null {
  const text = tag.attributes.get(name);
  if (text === undefined || text === '') return null;
  if (!/^\d{1,9}$/.test(text))
    throw new FileProblem(
      `:${tag.line} testsuite ${name}: "${plainText(text, 40)}"; a whole number from 0 is expected`,
    );
  return Number(text);
}

export const junitReader: EvidenceReader<TestCounts> = { limitBytes: 16 * 1024 * 1024, parse: parseJunit };
