import { declaredAlerts } from '../../shared/alerts/registry.ts';
import type {
  AlertsReply,
  ChannelState,
  DeclaredAlert,
  Quiet,
  SetQuiet,
  ShellReport,
} from '../../shared/contract/alert.ts';
import type { AuditEntry } from '../../shared/contract/record.ts';
import type { SecretName, SecretState } from '../../shared/contract/secrets.ts';
import type { AlertChannel } from '../../shared/contract/vocabulary.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { RecordStore } from '../history/record.ts';
import type { Secrets } from '../secrets.ts';
import type { PastAlerts } from './past-alerts.ts';
import type { QuietTime } from './quiet-time.ts';
import type { ShellPresence } from './shell-presence.ts';

/** What a person, the dashboard and the shell may ask about notices. No answer ever holds a secret. */
export interface NoticeDesk {
  alerts(asked: { limit: number; project?: string | undefined }): AlertsReply;
  declared(): readonly DeclaredAlert[];
  quiet(): Quiet;
  setQuiet(asked: SetQuiet): Quiet;
  endQuiet(): Quiet;
  channels(): readonly ChannelState[];
  /** Sends one now; resolves with how it went. */
  test(channel: AlertChannel): Promise<ChannelState>;
  secrets(): readonly SecretState[];
  /** @throws SecretProblem when it cannot be kept */
  putSecret(name: SecretName, value: string): SecretState;
  removeSecret(name: SecretName): SecretState;
  shellReport(report: ShellReport): ShellReport;
}

export interface NoticeDeskParts {
  readonly clock: Clock;
  /** The account's name, as records show it. */
  readonly who: string;
  readonly record: Pick<RecordStore, 'audit'>;
  readonly standing: () => AlertsReply['standing'];
  readonly past: PastAlerts;
  readonly quiet: QuietTime;
  readonly quietHours: () => Quiet['hours'];
  readonly waitingCount: () => number;
  readonly channels: Readonly<
    Record<AlertChannel, { state(): ChannelState; test(): Promise<ChannelState>; resume?(): void }>
  >;
  readonly secrets: Secrets;
  readonly shell: ShellPresence;
  /** Something was decided that notices follow from now on. */
  readonly onChange: () => void;
}

/** The channel that uses a secret; others are read when they are used. */
const USER_OF: Readonly<Partial<Record<SecretName, AlertChannel>>> = {
  'slack-webhook': 'slack',
  'smtp-password': 'email',
};

export function createNoticeDesk(parts: NoticeDeskParts): NoticeDesk {
  const { clock, past, channels, secrets } = parts;
  const acted = (act: string, cause: string, detail: AuditEntry['detail']): void => {
    parts.record.audit({ at: isoNow(clock), actor: parts.who, act, project: null, cause, detail });
    parts.onChange();
  };
  const quiet = (): Quiet => {
    const reason = parts.quiet.reason();
    const untilMs = parts.quiet.untilMs();
    return {
      isQuiet: reason !== null,
      reason,
      until: untilMs === null ? null : new Date(untilMs).toISOString(),
      hours: parts.quietHours(),
      waitingCount: parts.waitingCount(),
    };
  };
  const secretChanged = (name: SecretName, act: string): SecretState => {
    const user = USER_OF[name];
    if (user !== undefined) channels[user].resume?.();
    // That it was set, never to what.
    acted(act, 'by hand', { name });
    const state = secrets.states().find((one) => one.name === name);
    if (state === undefined) throw new Error(`There is no secret of the name ${name}.`);
    return state;
  };

  return {
    alerts: ({ limit, project }) => ({
      schemaVersion: 1,
      standing: parts.standing(),
      past: [...past.list({ limit, ...(project === undefined ? {} : { project }) })],
      quiet: quiet(),
    }),
    declared: declaredAlerts,
    quiet,
    setQuiet(asked) {
      const until = new Date(parts.quiet.set(asked)).toISOString();
      acted('notices-quiet', `until ${until}`, { until });
      return quiet();
    },
    endQuiet() {
      parts.quiet.end();
      acted('notices-quiet-ended', 'by hand', {});
      return quiet();
    },
    channels: () => [channels.desktop.state(), channels.slack.state(), channels.email.state()],
    async test(channel) {
      const state = await channels[channel].test();
      acted('notices-test', state.test?.why ?? 'arrived', { channel, result: state.test?.result ?? null });
      return state;
    },
    secrets: () => secrets.states(),
    putSecret(name, value) {
      secrets.put(name, value);
      return secretChanged(name, 'secret-set');
    },
    removeSecret(name) {
      secrets.remove(name);
      return secretChanged(name, 'secret-removed');
    },
    shellReport(report) {
      parts.shell.take(report);
      parts.onChange();
      return report;
    },
  };
}
