import { HOME } from '../../../fakes/fake-doctor-ports.ts';
import type { RunOutcome } from '../../../../core/doctor/check.ts';
import type { FakeMachine } from '../../../fakes/fake-doctor-ports.ts';

export const STATE = `${HOME}/.local/state/meta-orchestrator`;
export const CONFIG = `${HOME}/.config/meta-orchestrator/config.yaml`;
export const SNAPSHOT = `${STATE}/.orchestrator_report.json`;
export const ENDPOINT = `${STATE}/endpoint.json`;
export const DESKTOP = { DISPLAY: ':0' };
export const PROJECT = 'projects:\n  - id: shop\n    path: /src/shop\n';
export const HOOK = '/src/shop/.git/hooks/pre-push';
const healthy = { kind: 'answers', status: 200, body: '{"status":"ok","version":"1.0.0"}' } as const;

export function ended(out: string, code = 0): RunOutcome {
  return { kind: 'ended', code, out };
}

export function endpointText(port = 7717, socket: string | null = null): string {
  return JSON.stringify({
    url: `http://127.0.0.1:${port}`,
    socket,
    token: 'x'.repeat(43),
    pid: 4_242,
    startedAt: '2026-01-05T09:00:00.000Z',
    version: '1.0.0',
  });
}

export function running(more: FakeMachine = {}, port = 7717): FakeMachine {
  return {
    alive: true,
    health: healthy,
    ...more,
    files: { [ENDPOINT]: { text: endpointText(port) }, ...more.files },
  };
}

export function snapshotText(
  alerts: object[],
  at = '2026-01-05T09:59:50.000Z',
  notes: object[] = [],
): string {
  return JSON.stringify({ at, alerts, notes });
}

export const gitHooks = { 'git -C /src/shop': ended('.git/hooks\n') };
export const bus = (owned: boolean) => ({ 'busctl --user': ended(`b ${owned}\n`) });
