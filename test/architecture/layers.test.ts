import { describe, expect, it } from 'vitest';

import { folderCycle, folderEdges, layerComplaints, type LayerRule } from './layer-check.ts';
import { importsOf } from './module-imports.ts';
import { packageManifest, readText, repositoryFiles, sourceFiles } from './repository.ts';

/** What the product is bundled with: development packages to npm, since whoever installs it fetches none of them. */
const bundled = [
  '@kubernetes/client-node',
  '@octokit/core',
  '@octokit/webhooks-methods',
  '@opentelemetry/api',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
  'conventional-commits-parser',
  'croner',
  'fastify',
  'nodemailer',
  'prom-client',
  'yaml',
  'zod',
];
/** What the shipped product may import: these, and everything under `dependencies`, which is loaded as it is. */
const shipped = [...bundled, ...Object.keys(packageManifest().dependencies)];
/** Electron's own packages are bundled into the shell. */
const shell = ['electron', 'electron-store', 'electron-updater'];
/** Tools of this repository; the product never sees them. */
const everything = [...shipped, ...Object.keys(packageManifest().devDependencies)];

/** The pure folders take types from the contract, and values only from its one file without a library. */
const vocabularyOnly = { 'shared/contract': ['shared/contract/vocabulary.ts'] };
const pure = { folders: ['shared'], packages: [], node: false, valuesFrom: vocabularyOnly };

/** Who may import whom. An allow-list: what is not here is refused. */
const MATRIX: readonly LayerRule[] = [
  { layer: 'shared/energy', ...pure },
  { layer: 'shared/consciousness', ...pure },
  { layer: 'shared/policy', ...pure },
  { layer: 'shared/jobs', ...pure },
  { layer: 'shared/remediation', ...pure },
  { layer: 'shared/retraining', ...pure },
  { layer: 'shared/scaling', ...pure },
  { layer: 'shared/sync', ...pure },
  { layer: 'shared/view', ...pure },
  { layer: 'shared/alerts', ...pure },
  { layer: 'shared/contract', folders: ['shared'], packages: ['zod'], node: false },
  // package.json for the version alone.
  { layer: 'core', folders: ['shared', 'core', 'package.json'], packages: shipped, node: true },
  { layer: 'cli', folders: ['shared', 'core', 'cli'], packages: shipped, node: true },
  {
    layer: 'electron',
    // The command line as a whole: the packaged program runs it on machines without Node.
    folders: ['shared', 'core', 'electron', 'cli/orch.ts'],
    packages: [...shipped, ...shell],
    node: true,
  },
  {
    layer: 'renderer',
    folders: ['shared', 'renderer'],
    packages: ['react', 'react-dom', 'zustand', 'uplot'],
    node: false,
  },
  {
    layer: 'scripts',
    folders: ['shared', 'core', 'cli', 'scripts'],
    packages: everything,
    node: true,
    computed: true,
  },
  {
    layer: 'test',
    folders: ['shared', 'core', 'cli', 'electron', 'renderer', 'scripts', 'test'],
    packages: everything,
    node: true,
    computed: true,
  },
];

/** Packages and built-in modules that one folder alone may reach, and why. */
const SOLE_IMPORTERS: readonly { module: string; folder: string; why: string }[] = [
  { module: 'node:sqlite', folder: 'core/history', why: 'absent from older Electron; one writer' },
  { module: 'fastify', folder: 'core/api', why: 'the endpoint is a thin skin' },
  { module: 'systeminformation', folder: 'core/energy', why: 'its answers pass our sanity rules first' },
  { module: 'nodemailer', folder: 'core/alerts', why: 'nothing else sends mail' },
  { module: 'node-notifier', folder: 'core/alerts', why: 'nothing else sends a notification' },
  { module: 'electron-store', folder: 'electron', why: 'it imports Electron' },
];

describe('layers', () => {
  const files = sourceFiles(MATRIX.map((rule) => rule.layer));

  it('import only what the matrix names', () => {
    expect(files.flatMap((path) => layerComplaints(MATRIX, path, readText(path)))).toEqual([]);
  });

  it('hold every TypeScript file but the configuration at the root', () => {
    const homeless = repositoryFiles().filter(
      (path) => /\.tsx?$/.test(path) && path.includes('/') && !files.includes(path),
    );
    expect(homeless).toEqual([]);
  });

  it('have no cycle between the folders of shared', () => {
    const texts = new Map(sourceFiles(['shared']).map((path) => [path, readText(path)]));
    expect(folderCycle(folderEdges(texts, 2))).toBeNull();
  });

  it.each(SOLE_IMPORTERS)('reach $module from $folder alone: $why', ({ module, folder }) => {
    const strangers = sourceFiles().filter(
      (path) =>
        !path.startsWith(`${folder}/`) &&
        importsOf(path, readText(path)).some((found) => found.specifier === module && !found.typeOnly),
    );
    expect(strangers).toEqual([]);
  });
});

describe('the layer check', () => {
  const complaintsOf = (path: string, text: string): string[] => layerComplaints(MATRIX, path, text);

  it.each([
    ['a pure folder that uses Node', 'shared/energy/x.ts', "import { readFileSync } from 'node:fs';"],
    ['Node without its prefix', 'shared/energy/x.ts', "import fs from 'fs';"],
    ['a pure folder with a package', 'shared/policy/x.ts', "import { z } from 'zod';"],
    ['a value from a schema', 'shared/view/x.ts', "import { configSchema } from '../contract/config.ts';"],
    ['a half-typed import', 'shared/view/x.ts', "import { type Config } from '../contract/config.ts';"],
    ['a schema re-exported', 'shared/view/x.ts', "export * from '../contract/config.ts';"],
    ['shared reaching up', 'shared/view/x.ts', "import { clock } from '../../core/clock.ts';"],
    ['a type reaching up', 'shared/view/x.ts', "import type { Clock } from '../../core/clock.ts';"],
    ['an import type', 'shared/view/x.ts', "export type C = import('../../core/clock.ts').Clock;"],
    ['Electron in the core', 'core/x.ts', "import { app } from 'electron';"],
    ["Electron's types in the core", 'core/x.ts', "import type { Tray } from 'electron';"],
    ['Electron loaded late', 'cli/commands/x.ts', "export const load = () => import('electron');"],
    ['Electron by require', 'core/x.ts', "const { app } = require('electron');"],
    ['a part of React', 'core/x.ts', "import { createRoot } from 'react-dom/client';"],
    ['the core in the page', 'renderer/x.tsx', "import { createServer } from '../core/api/server.ts';"],
    ['Node in the page', 'renderer/x.tsx', "import { join } from 'node:path';"],
    ['the shell in the CLI', 'cli/orch.ts', "import { start } from '../electron/main.ts';"],
    ['a test part in the product', 'core/x.ts', "import { fakeClock } from '../test/fakes/fake-clock.ts';"],
    ['a package nobody listed', 'core/x.ts', "import pad from 'left-pad';"],
    ['a development package', 'core/x.ts', "import { test } from 'vitest';"],
    [
      'a computed name',
      'cli/orch.ts',
      'export const load = (name: string) => import(`./commands/${name}.ts`);',
    ],
    ['an import without extension', 'core/x.ts', "import { isoNow } from './clock';"],
    ['a folder without a layer', 'tools/x.ts', ''],
  ])('refuses %s', (_what, path, text) => {
    expect(complaintsOf(path, text)).toHaveLength(1);
  });

  it.each([
    ['types of the contract', 'shared/energy/x.ts', "import type { Config } from '../contract/config.ts';"],
    ['the vocabulary', 'shared/energy/x.ts', "import { VERDICTS } from '../contract/vocabulary.ts';"],
    ['schemas among themselves', 'shared/contract/x.ts', "import { configSchema } from './config.ts';"],
    ['zod in the contract', 'shared/contract/x.ts', "import { z } from 'zod';"],
    ['Node in the core', 'core/x.ts', "import { readFile } from 'node:fs/promises';"],
    ['Electron in the shell', 'electron/x.ts', "import { app } from 'electron';"],
    ['React in the page', 'renderer/x.tsx', "import { createRoot } from 'react-dom/client';"],
    ['a style sheet in the page', 'renderer/x.tsx', "import './page.css';"],
  ])('accepts %s', (_what, path, text) => {
    expect(complaintsOf(path, text)).toEqual([]);
  });

  it('finds a cycle between two folders, through types too', () => {
    const texts = new Map([
      ['shared/energy/a.ts', "import { b } from '../policy/b.ts';"],
      ['shared/policy/b.ts', "import type { A } from '../view/c.ts';"],
      ['shared/view/c.ts', "export { a } from '../energy/a.ts';"],
    ]);
    expect(folderCycle(folderEdges(texts, 2))).toEqual([
      'shared/energy',
      'shared/policy',
      'shared/view',
      'shared/energy',
    ]);
  });

  it('says the file, the line and both ends', () => {
    expect(complaintsOf('core/x.ts', "\nimport { tray } from '../electron/tray.ts';")).toEqual([
      'core/x.ts:2 core may not import electron/tray.ts',
    ]);
  });
});
