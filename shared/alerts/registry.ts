import type { DeclaredAlert } from '../contract/alert.ts';
import type { AlertRule } from './alert-rule.ts';
import { actionFailed } from './rules/action-failed.ts';
import { channelFailing } from './rules/channel-failing.ts';
import { deployBlocked } from './rules/deploy-blocked.ts';
import { diskFull } from './rules/disk-full.ts';
import { energyCritical } from './rules/energy-critical.ts';
import { energyDropped } from './rules/energy-dropped.ts';
import { energyUnknown } from './rules/energy-unknown.ts';
import { halted } from './rules/halted.ts';
import { hookSkipped } from './rules/hook-skipped.ts';
import { hot } from './rules/hot.ts';
import { jobPaused } from './rules/job-paused.ts';
import { noticesRefused } from './rules/notices-refused.ts';
import { processorThrottled } from './rules/processor-throttled.ts';
import { recordProblem } from './rules/record-problem.ts';
import { reportStale } from './rules/report-stale.ts';
import { reviewFirst } from './rules/review-first.ts';
import { rollbackAsks } from './rules/rollback-asks.ts';
import { rollbackDone } from './rules/rollback-done.ts';
import { rollbackNoHelp } from './rules/rollback-no-help.ts';
import { rollbacksStopped } from './rules/rollbacks-stopped.ts';
import { safeguardsDue } from './rules/safeguards-due.ts';
import { settingsBroken } from './rules/settings-broken.ts';
import { syncFailing } from './rules/sync-failing.ts';
import { trayMissing } from './rules/tray-missing.ts';
import { upsLow } from './rules/ups-low.ts';
import { upsOnBattery } from './rules/ups-on-battery.ts';
import { upsOverload } from './rules/ups-overload.ts';
import { upsReplaceBattery } from './rules/ups-replace-battery.ts';
import { upsSilent } from './rules/ups-silent.ts';
import { weakCharger } from './rules/weak-charger.ts';

/** Every alert there is, the machine's power first. Nothing else sends a notice. */
export const ALERT_RULES: readonly AlertRule[] = [
  energyCritical,
  energyDropped,
  energyUnknown,
  weakCharger,
  upsOnBattery,
  upsLow,
  upsSilent,
  upsReplaceBattery,
  upsOverload,
  hot,
  processorThrottled,
  jobPaused,
  safeguardsDue,
  actionFailed,
  halted,
  reviewFirst,
  deployBlocked,
  rollbackAsks,
  rollbackDone,
  rollbackNoHelp,
  rollbacksStopped,
  reportStale,
  hookSkipped,
  syncFailing,
  noticesRefused,
  trayMissing,
  channelFailing,
  diskFull,
  recordProblem,
  settingsBroken,
];

/** The alerts as settings and docs list them. */
export function declaredAlerts(): readonly DeclaredAlert[] {
  return ALERT_RULES.map(({ code, severity, summary, clears, channels, visibleAfterMs }) => ({
    code,
    severity,
    summary,
    clears,
    channels: [...channels],
    visibleAfterSeconds: visibleAfterMs / 1000,
  }));
}
