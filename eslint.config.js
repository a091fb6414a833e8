import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

const clockAndChance = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time comes in as an argument: take a Clock.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time comes in as an argument: take a Clock.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'Time comes in as an argument: take a Clock.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Chance comes in as an argument.',
  },
];
// The pure folders may not even hand them on; elsewhere an entry passes them to whoever asks for a port.
const clockAndChanceAsValues = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Chance comes in as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Time comes in as an argument: take a Clock.',
  },
];
const moduleLevelLet = {
  selector: "Program > VariableDeclaration[kind='let']",
  message: 'No module-level let: state belongs to a value someone made.',
};
const electronOutside = {
  patterns: [
    {
      regex: '^(electron|electron-store|electron-updater)(/|$)',
      message: 'Only electron/ reaches Electron.',
    },
  ],
};

export default ts.config(
  { ignores: ['dist/', 'out/', 'coverage/', 'test-results/', 'test/fixtures/', 'node_modules/'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-restricted-syntax': ['error', moduleLevelLet],
      'no-restricted-imports': ['error', electronOutside],
      eqeqeq: 'error',
    },
  },
  {
    files: ['shared/**/*.ts', 'core/**/*.ts', 'cli/**/*.ts', 'electron/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', moduleLevelLet, ...clockAndChance] },
  },
  {
    files: ['shared/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', moduleLevelLet, ...clockAndChance, ...clockAndChanceAsValues],
    },
  },
  // The adapters: the one place a layer may touch the real clock.
  {
    files: ['core/system-clock.ts'],
    rules: { 'no-restricted-syntax': ['error', moduleLevelLet] },
  },
  { files: ['electron/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx', 'scripts/**/*.ts', '*.config.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...ts.configs.disableTypeChecked,
    languageOptions: { ...ts.configs.disableTypeChecked.languageOptions, globals: globals.node },
  },
);
