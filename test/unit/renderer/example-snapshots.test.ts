import { describe, expect, it } from 'vitest';

import { snapshotSchema } from '../../../shared/contract/state.ts';
import * as examples from '../../e2e/example-snapshots.ts';
import * as troubles from '../../e2e/example-troubles.ts';

const SNAPSHOTS = Object.entries({ ...examples, ...troubles }).flatMap(([name, make]) =>
  name.endsWith('Snapshot') ? [{ name, snapshot: (make as () => unknown)() }] : [],
);

describe('the states the page is tested with', () => {
  it.each(SNAPSHOTS)('$name is what the contract allows', ({ snapshot }) => {
    expect(snapshotSchema.safeParse(snapshot).error).toBeUndefined();
  });
});
