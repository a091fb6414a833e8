import { execFileSync } from 'node:child_process';

import { describe, expect, test } from 'vitest';

import { hookText, isOurHook, keptShellOf, type HookFacts } from '../../../../core/hooks/hook-text.ts';
import { readHookTemplates } from '../../../../core/hooks/hook-templates.ts';
import { productFiles } from '../../../../core/product-files.ts';
import { ROOT } from '../../../architecture/repository.ts';
import { pathToFileURL } from 'node:url';

const AWKWARD: HookFacts = {
  stateDir: `/home/o'neil/a $HOME "b" \`c\`/state}`,
  nodePath: '/opt/no de/node',
  orchPath: '/opt/orch.js',
  perlPath: null,
  curlPath: '/usr/bin/curl',
  deployBranches: ['main', 'release/*'],
  strict: true,
};

describe('the text of a hook', async () => {
  const templates = await readHookTemplates(productFiles(pathToFileURL(`${ROOT}/`)).resourcesDir);

  test.each(templates.map((template) => [template.name, template] as const))(
    '%s is good sh, whole and ours',
    (_name, template) => {
      const text = hookText(template, AWKWARD, '/bin/sh -e');
      expect(text).not.toMatch(/@[a-zA-Z]+@|@include/);
      expect(text.startsWith('#!/bin/sh\n')).toBe(true);
      expect(isOurHook(text)).toBe(true);
      execFileSync('sh', ['-n'], { input: text });
    },
  );

  test('every path arrives as it is, whatever is in it', () => {
    const [template] = templates;
    const text = hookText(template!, AWKWARD, '');
    const facts = text.slice(text.indexOf('state='), text.indexOf("nl='"));
    const script = `unset ORCH_HOME\n${facts}\nprintf '%s|' "$state" "$node" "$perl" "$branches" "$strict"`;
    const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
    expect(read).toBe(`${AWKWARD.stateDir}|/opt/no de/node||main release/*|1|`);
  });

  test('another hook is not ours, even one that names us', () => {
    expect(isOurHook('#!/bin/sh\n# calls orch gate for meta-orchestrator\n')).toBe(false);
    expect(isOurHook('')).toBe(false);
  });
});

describe('how a kept hook is run', () => {
  test.each([
    ['#!/bin/sh\n', '/bin/sh'],
    ['#!/bin/sh -e\n', '/bin/sh -e'],
    ['#! /usr/bin/env bash\r\n', '/usr/bin/env bash'],
    ['#!/usr/bin/env -S bash -eu\n', '/usr/bin/env bash -eu'],
    ['#!/usr/bin/python3\n', ''],
    ['#!/usr/bin/env node\n', ''],
    ['#!/bin/zsh\n', ''],
    ["#!/bin/sh -c 'x'\n", ''],
    ['\u007fELF', ''],
    ['', ''],
  ])('%j: %j', (text, expected) => expect(keptShellOf(text)).toBe(expected));
});
