import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { expect, it } from 'vitest';

import { createOutputTail, outputText } from '../../../../core/remediation/runner-output.ts';
import { INHERITED } from '../../../../core/remediation/runner-environment.ts';
import { maskSecrets } from '../../../../core/remediation/runner-secrets.ts';
import { RUN_OUTCOMES } from '../../../../shared/contract/command.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/jobs.md'), 'utf8');

it('the page names every variable that a command inherits, and every way it can end', () => {
  expect(INHERITED.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  expect(RUN_OUTCOMES.filter((outcome) => !page.includes(`\n| \`${outcome}\``))).toEqual([]);
});

it('masks secrets of several lines, and those that hold one another', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQIBADAN\nabc\n-----END KEY-----\n';
  expect(maskSecrets('got MIIEvQIBADAN, abc', [key])).toBe('got ***, abc');
  expect(maskSecrets('hunter2hunter2 hunter2', ['hunter2', 'hunter2hunter2'])).toBe('*** ***');
  expect(maskSecrets('a no', ['no', ''])).toBe('a no');
});

it('keeps the last bytes of an output of any size, without half a character or a control character', () => {
  const tail = createOutputTail(10);
  for (let index = 0; index < 1000; index += 1) tail.add(Buffer.from('ä'));
  tail.add(Buffer.from('\u001b[31mx'));
  expect(tail.sizeBytes()).toBe(2006);
  expect(tail.bytes()).toHaveLength(10);
  expect(outputText(tail.bytes())).toBe('ää[31mx');
  expect(outputText(Buffer.from([0xa4, 0x41]))).toBe('A');
});
