import { builtinModules } from 'node:module';
import { resolve } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;
/** What `orch gate` loads; held by test/architecture/fast-paths.test.ts. */
const GATE_FILES = new RegExp(
  [
    'cli/(commands/gate|core-client|exit-codes|flags|terminal|usage-error)',
    'core/(endpoint-file|places|product-version|system-clock)',
    'shared/contract/vocabulary',
  ]
    .map((path) => `^${root.replaceAll('\\\\', '/')}/${path}`)
    .join('|'),
);

/** What is in the shell's own chunks: its code, and the libraries that import Electron. */
const SHELL_FILES = /\/electron\/[\w-]+\.ts$|\/node_modules\/electron-(store|updater)\//;

const KUBERNETES = /\/node_modules\/@kubernetes\/client-node\//;

/**
 * An `import` of a built-in module makes Node enumerate all its exports, which loads what hides behind lazy getters:
 * all of undici for node:http (some 60 ms), the streams for node:fs (10 ms). Taking the module as it is does not.
 */
const leanBuiltins: Plugin = {
  name: 'lean-builtins',
  applyToEnvironment: (environment) => environment.name === 'node',
  generateBundle(_options, bundle) {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      output.code = output.code.replace(
        /(?<=^|;|\n)import\{([^}"']*)\}from"(node:[a-z_/]+)";/g,
        (_whole, names: string, module: string) =>
          `const{${names.replaceAll(' as ', ':')}}=process.getBuiltinModule("${module}");`,
      );
    }
  },
};

/**
 * One build, two environments: `client` is the dashboard, `node` is everything that runs outside a page (the
 * CLI, the sensor worker, the Electron main). `vite build --app` makes both into dist/.
 */
export default defineConfig({
  root: resolve(root, 'renderer'),
  base: './',
  plugins: [react(), leanBuiltins],
  builder: {
    async buildApp(builder) {
      // The second folder lies inside the first, which is emptied before it is filled.
      await builder.build(builder.environments['node']!);
      await builder.build(builder.environments['client']!);
    },
  },
  environments: {
    client: {
      build: {
        outDir: resolve(root, 'dist/renderer'),
        license: { fileName: 'licenses.md' },
        emptyOutDir: true,
        target: 'chrome130',
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    },
    node: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['systeminformation', 'node-notifier'] },
      build: {
        ssr: true,
        outDir: resolve(root, 'dist'),
        license: { fileName: 'licenses.md' },
        emptyOutDir: true,
        target: 'node22',
        minify: true,
        sourcemap: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: {
            'cli/orch': resolve(root, 'cli/orch.ts'),
            'core/sensor-worker': resolve(root, 'core/energy/sensor-worker.ts'),
            'electron/main': resolve(root, 'electron/entry.ts'),
          },
          external: ['electron', /^node:/, ...builtinModules],
          // Nothing of it is wanted but what is named in an import; it does not say so itself.
          treeshake: {
            moduleSideEffects: (id) => (KUBERNETES.test(id) ? false : undefined),
          },
          output: {
            format: 'es',
            entryFileNames: '[name].js',
            // What only the shell loads is no part of the npm package.
            chunkFileNames: ({ moduleIds }) =>
              `${moduleIds.some((id) => SHELL_FILES.test(id)) ? 'electron' : 'chunks'}/[name]-[hash].js`,
            // A gate waits for nothing but this one file: each further file costs it milliseconds.
            codeSplitting: { groups: [{ name: 'gate', test: GATE_FILES }] },
          },
        },
      },
    },
  },
});
