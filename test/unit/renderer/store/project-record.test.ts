import { describe, expect, it } from 'vitest';

import { createProjectRecord } from '../../../../renderer/store/project-record.ts';

/** Lets every answer that is ready arrive. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the record of the project that is looked at', () => {
  it('asks nothing until a project is opened, then for that one alone', async () => {
    const asked: string[] = [];
    const record = createProjectRecord((path) => {
      asked.push(path);
      return Promise.resolve([path]);
    });
    record.refresh();
    expect(asked).toEqual([]);
    record.open('a b');
    await settled();
    expect(asked).toEqual([
      '/v1/incidents?project=a%20b',
      '/v1/deployments?project=a%20b',
      '/v1/audit?project=a%20b&limit=20',
      '/v1/kept-decisions?project=a%20b&limit=20',
    ]);
    expect(record.store.getState().audits).toEqual({ kind: 'ready', value: [asked[2]] });
  });

  it('keeps what it knew when a later reading fails, and says so where nothing is known', async () => {
    let isAway = true;
    const record = createProjectRecord(() =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve([]),
    );
    record.open('shop');
    await settled();
    expect(record.store.getState().incidents.kind).toBe('failed');
    isAway = false;
    record.refresh();
    await settled();
    expect(record.store.getState().incidents.kind).toBe('ready');
    isAway = true;
    record.refresh();
    await settled();
    expect(record.store.getState().incidents.kind).toBe('ready');
  });

  it('shows nothing of the project before', async () => {
    const answers: ((value: unknown) => void)[] = [];
    const record = createProjectRecord(() => new Promise((resolve) => answers.push(resolve)));
    record.open('one');
    record.open('two');
    answers.slice(0, 3).forEach((answer) => answer(['of one']));
    await settled();
    expect(record.store.getState().incidents.kind).toBe('loading');
  });
});
