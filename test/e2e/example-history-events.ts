import type { AlertStore } from '../../core/history/alert-store.ts';
import type { RecordStore } from '../../core/history/record.ts';

const HOUR_MS = 3_600_000;

/** What happened in the month before `endMs`: most of it in the last day. */
export function keepExampleEvents(record: RecordStore, alerts: AlertStore, endMs: number): void {
  const at = (hoursBack: number): string => new Date(endMs - hoursBack * HOUR_MS).toISOString();
  for (let day = 0; day < 30; day += 1) {
    const back = 24 * day + 16.5;
    const isBad = day % 9 === 0;
    record.keepDeployment({
      id: `dep-${day}`,
      project: 'shop',
      commit: `${(day * 7919 + 4096).toString(16).padStart(4, '0')}b2c3d4e5`,
      startedAt: at(back),
      finishedAt: at(back - 0.1),
      result: isBad ? 'rolled-back' : 'ok',
      energyWh: 1.2,
      energyProvenance: 'measured',
    });
    if (isBad) {
      record.keepIncident({
        id: `inc-${day}`,
        project: 'shop',
        severity: 'major',
        title: 'Payments answer slowly',
        openedAt: at(back - 0.3),
        closedAt: at(back - 2),
      });
    }
  }
  const act = (hoursBack: number, name: string, cause: string, detail: Record<string, unknown> = {}): void =>
    record.audit({ at: at(hoursBack), actor: 'person', act: name, project: 'shop', cause, detail });
  act(16, 'halt', 'two rollbacks today');
  act(14.9, 'halt-cleared', 'payments are fast again');
  act(2, 'waive', 'orders come in', { until: at(1) });
  for (const [back, title] of [
    [0.75, 'Battery 19 %'],
    [21.4, 'Battery 18 %'],
  ] as const) {
    alerts.keepAlert({
      id: `alert-${back}`,
      code: 'energy-low',
      severity: 'warning',
      project: null,
      title,
      text: 'Features wait below 20 %, fixes still go.',
      sinceMs: endMs - back * HOUR_MS,
      untilMs: null,
    });
  }
}
