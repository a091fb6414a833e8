import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { PRODUCT_VERSION } from '../../../core/product-version.ts';

test('the version told is the one packaged', () => {
  const packageJson = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8');
  expect(PRODUCT_VERSION).toBe((JSON.parse(packageJson) as { version: string }).version);
});
