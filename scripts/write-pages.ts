import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { ROUTES } from '../core/api/routes.ts';
import { adrIndex, readAdrFiles } from './adr-index.ts';
import { apiPage } from './api-page.ts';
import { cliPage } from './cli-page.ts';
import { withMetricTable } from './metrics-page.ts';
import { withScoreTables } from './score-tables.ts';

/** Writes the pages that are made from the code. Run by hand after a change of commands, routes or decisions. */
const rootDir = resolve(import.meta.dirname, '..');
const adrDir = join(rootDir, 'docs/adr');
const cliDir = join(rootDir, 'cli');

writeFileSync(join(adrDir, 'README.md'), adrIndex(readAdrFiles(adrDir)));
writeFileSync(join(rootDir, 'docs/api.md'), apiPage(ROUTES));
writeFileSync(
  join(rootDir, 'docs/cli.md'),
  await cliPage(readFileSync(join(cliDir, 'orch.ts'), 'utf8'), cliDir),
);
const metricsPath = join(rootDir, 'docs/metrics.md');
writeFileSync(metricsPath, withMetricTable(readFileSync(metricsPath, 'utf8')));
const scoresPath = join(rootDir, 'docs/consciousness.md');
writeFileSync(scoresPath, withScoreTables(readFileSync(scoresPath, 'utf8')));
