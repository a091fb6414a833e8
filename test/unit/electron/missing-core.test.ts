import { describe, expect, it } from 'vitest';

import type { HostOutcome } from '../../../electron/core-host.ts';
import { askToStart, createMissingCore } from '../../../electron/missing-core.ts';

function setUp(answers: ('start' | 'leave')[], outcomes: HostOutcome[], isTrayShown = true) {
  const seen: string[] = [];
  const missing = createMissingCore({
    ask(detail, canStay) {
      seen.push(`ask ${canStay ? 'close' : 'quit'}: ${detail}`);
      return Promise.resolve(answers.shift() ?? 'leave');
    },
    host: () => Promise.resolve(outcomes.shift() ?? { kind: 'hosting' }),
    isTrayShown: () => isTrayShown,
    openWindow: () => seen.push('open'),
    quit: () => seen.push('quit'),
  });
  return { missing, seen };
}

describe('no core to show', () => {
  it('starts one on request and opens the window', async () => {
    const { missing, seen } = setUp(['start'], [{ kind: 'hosting' }]);
    await missing.offer();
    expect(seen).toEqual([expect.stringMatching(/^ask close: .*orch daemon$/), 'open']);
  });

  it('says why it could not and asks again', async () => {
    const { missing, seen } = setUp(['start', 'leave'], [{ kind: 'failed', why: 'config.yaml:3:1 bad' }]);
    await missing.offer();
    expect(seen[1]).toContain('config.yaml:3:1 bad');
    expect(seen).not.toContain('quit');
  });

  it('leaves no invisible app where there is no tray', async () => {
    const { missing, seen } = setUp(['leave'], [], false);
    await missing.offer();
    expect(seen).toEqual([expect.stringMatching(/^ask quit/), 'quit']);
  });

  it('asks one question at a time', async () => {
    const { missing, seen } = setUp(['leave'], []);
    await Promise.all([missing.offer(), missing.offer()]);
    expect(seen).toHaveLength(1);
  });

  it.each([
    [0, 'start'],
    [1, 'leave'],
  ] as const)('button %s means %s', async (response, answer) => {
    const dialog = { showMessageBox: () => Promise.resolve({ response, checkboxChecked: false }) };
    expect(await askToStart(dialog, 'why', true)).toBe(answer);
  });
});
