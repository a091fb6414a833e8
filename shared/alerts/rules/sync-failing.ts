import { USUAL, type AlertRule } from '../alert-rule.ts';
import { capital, sentence } from '../words.ts';

interface Mirror {
  readonly name: string;
  readonly problem: string;
}

/** Mirrors come from a room of their own; only what is needed here is read of them. */
function failingMirrors(sync: Readonly<Record<string, unknown>>): readonly Mirror[] {
  return Object.entries(sync).flatMap(([name, value]) => {
    const { state, status, problem, lastError } = (value ?? {}) as Record<string, unknown>;
    const said = state ?? status;
    if (said !== 'failing' && said !== 'stopped' && said !== 'error') return [];
    const why =
      typeof problem === 'string' ? problem : typeof lastError === 'string' ? lastError : 'no reason given';
    return [{ name, problem: why }];
  });
}

export const syncFailing: AlertRule = {
  ...USUAL,
  code: 'sync-failing',
  severity: 'info',
  summary: 'What is mirrored elsewhere has not arrived for a quarter of an hour.',
  clears: 'Something arrives again.',
  visibleAfterMs: 15 * 60_000,
  rearms: 6 * 60 * 60_000,
  find: ({ snapshot }) =>
    failingMirrors(snapshot.sync).map(({ name, problem }) => ({
      key: name,
      project: null,
      title: `${capital(name)} is not reached`,
      text: `${sentence(capital(problem))} What waits is kept and sent later.`,
    })),
};
