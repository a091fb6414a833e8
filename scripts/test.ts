import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

import { staleBuild } from './build-freshness.ts';
import { runProgram } from './run-program.ts';
import { electronPath, missingParts, SYSTEM_PARTS } from './system-parts.ts';
import { readTestArguments } from './test-arguments.ts';
import {
  countReport,
  filesToTryAgain,
  reportOmissions,
  sumCounts,
  type TestCount,
  totalLine,
  type VitestReport,
  withSecondTry,
} from './test-report.ts';

/** In this order: what fails fast comes first. */
const PROJECTS = ['unit', 'architecture', 'integration', 'e2e', 'electron'];
/** These run from source; the others run the built product. */
const WITHOUT_BUILD = ['unit', 'architecture'];

const rootDir = resolve(import.meta.dirname, '..');
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** These share the processors with other programs: a failing file runs once more, with nothing beside it, and is named. */
const TRIED_TWICE = ['unit', 'integration', 'e2e', 'electron'];

interface Run {
  readonly code: number;
  /** Null when the run left none. */
  readonly report: VitestReport | null;
}

async function runVitest(project: string, reportPath: string, args: readonly string[]): Promise<Run> {
  const vitest = join(rootDir, 'node_modules/vitest/vitest.mjs');
  const electron = electronPath();
  const code = await runProgram(
    process.execPath,
    [
      vitest,
      'run',
      '--project',
      project,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportPath}`,
      ...args,
    ],
    {
      cwd: rootDir,
      env: {
        ...process.env,
        ...(electron === null ? {} : { ELECTRON_OVERRIDE_DIST_PATH: resolve(electron, '..') }),
      },
    },
  );
  return { code, report: readReport(reportPath) };
}

/** Runs one project and counts it; a run that ends badly without a failed test counts as one failure. */
async function runProject(project: string, reportDir: string, args: readonly string[]): Promise<TestCount> {
  const { code, report } = await runVitest(project, join(reportDir, `${project}.json`), args);
  if (report === null) {
    return { passed: 0, failed: [{ file: project, name: `ended with ${code}, no report` }], skipped: [] };
  }
  const count = countReport(report, relativeToRoot);
  const again = TRIED_TWICE.includes(project) ? filesToTryAgain(count) : [];
  if (again.length > 0) {
    say(`\n[${project}] once more, alone: ${again.join(', ')}`);
    const second = await runVitest(project, join(reportDir, `${project}-again.json`), [
      '--no-file-parallelism',
      ...again,
    ]);
    if (second.report === null) return count;
    // An error outside every test is no failed test in the report.
    if (second.code !== 0 && countReport(second.report, relativeToRoot).failed.length === 0) return count;
    const settled = countReport(withSecondTry(report, second.report), relativeToRoot);
    const still = new Set(settled.failed.map(({ file, name }) => `${file} ${name}`));
    return { ...settled, unsteady: count.failed.filter(({ file, name }) => !still.has(`${file} ${name}`)) };
  }
  return code !== 0 && count.failed.length === 0
    ? { ...count, failed: [{ file: project, name: `ended with ${code} although no test failed` }] }
    : count;
}

function relativeToRoot(file: string): string {
  return relative(rootDir, file);
}

function readReport(reportPath: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(reportPath, 'utf8')) as VitestReport;
  } catch {
    return null;
  }
}

async function main(): Promise<number> {
  const asked = readTestArguments(process.argv.slice(2), {
    projects: PROJECTS,
    parts: SYSTEM_PARTS.map((part) => part.name),
  });
  if ('problem' in asked) {
    process.stderr.write(`${asked.problem}\n`);
    return 2;
  }
  const needsBuild = asked.projects.some((project) => !WITHOUT_BUILD.includes(project));
  const stale = needsBuild ? staleBuild(rootDir) : null;
  if (stale !== null) {
    say(`building: ${stale}`);
    const vite = join(rootDir, 'node_modules/vite/bin/vite.js');
    const code = await runProgram(process.execPath, [vite, 'build', '--app'], { cwd: rootDir });
    if (code !== 0) {
      say(`the build failed (${code})`);
      say(totalLine(0, 1));
      return 1;
    }
  }
  const missing = missingParts();
  const projects = asked.projects.filter(
    (project) => !missing.some((part) => part.projects.includes(project)),
  );
  const reportDir = mkdtempSync(join(tmpdir(), 'orch-test-'));
  const counts: TestCount[] = [];
  for (const [index, project] of projects.entries()) {
    say(`\n[${index + 1}/${projects.length}] ${project}`);
    const count = await runProject(project, reportDir, asked.vitestArguments);
    const empty = count.passed + count.failed.length + count.skipped.length === 0;
    const lost = empty && asked.requireAll && asked.vitestArguments.length === 0;
    counts.push(lost ? { ...count, failed: [{ file: project, name: 'has no tests' }] } : count);
  }
  rmSync(reportDir, { recursive: true, force: true });
  const total = sumCounts(counts);
  const omissions = reportOmissions(asked.narrowed ? [] : total.skipped, {
    missing,
    without: asked.without,
    requireAll: asked.requireAll,
    textOf: (file) => readFileSync(join(rootDir, file), 'utf8'),
  });
  say('');
  for (const test of total.unsteady ?? [])
    say(`UNSTEADY ${test.file} > ${test.name}: passed the second time`);
  for (const test of total.failed) say(`FAILED   ${test.file} > ${test.name}`);
  for (const line of omissions.lines) say(line);
  const failed = total.failed.length + omissions.failures;
  say(totalLine(total.passed, failed));
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
