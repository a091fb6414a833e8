import type { Decision } from '../../shared/contract/decision.ts';
import type { EnergyDaysQuery, EnergyDaysReply } from '../../shared/contract/energy-ledger.ts';
import type { NearbyRepository } from '../../shared/contract/nearby.ts';
import type { SimulateQuery, SimulateReply } from '../../shared/contract/requests.ts';
import type { Schedule } from '../../shared/contract/scaling.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { ChangeType } from '../../shared/contract/vocabulary.ts';
import type { NoticeDesk } from '../alerts/notice-desk.ts';
import type { DoctorDesk } from '../doctor/doctor-desk.ts';
import type { HistoryDesk } from '../history/history-desk.ts';
import type { DecisionFilter } from '../history/record.ts';
import type { GateDesk } from '../hooks/gate-desk.ts';
import type { MetricsRoom } from '../metrics/metrics-room.ts';
import type { PersonDesk } from '../person-desk.ts';
import type { ActionsDesk } from '../remediation/actions-desk.ts';
import type { JobsDesk } from '../remediation/jobs-desk.ts';
import type { ScalerRoom } from '../remediation/scaler-room.ts';
import type { ProjectDesk } from '../project-desk.ts';
import type { RecordDesk } from '../record-desk.ts';
import type { SettingsDesk } from '../settings-desk.ts';
import type { SyncDesk } from '../sync/sync-desk.ts';
import type { WebhookDesk } from '../sync/webhook-desk.ts';

/** All that the endpoint may ask of the core. Everything here answers at once, from memory. */
export interface CoreDoor {
  readonly version: string;
  snapshot(): Snapshot;
  /** The snapshot as JSON text, serialised once a snapshot. */
  snapshotJson(): string;
  /** Null when there is no such project. */
  decisionJson(projectId: string, change: ChangeType | undefined): string | null;
  /** Null while fed from outside and while nothing can be said. */
  probabilityAbove(minutes: number, percent: number): number | null;
  /** Null when the one project asked for does not exist. */
  simulate(query: SimulateQuery): SimulateReply | null;
  /** A decision that a gate asked for; null when none of that id is kept. */
  keptDecision(id: string): Decision | null;
  /** Watt-hours by local day. */
  energyDays(query: EnergyDaysQuery): EnergyDaysReply;
  /** Those that gates asked for, newest first. */
  keptDecisions(filter: DecisionFilter): Decision[];
  /** Something outside may have changed the power: looks again at once. */
  poke(): void;
  /** Repositories in the person's home that are not judged yet. */
  nearby(): Promise<NearbyRepository[]>;
  readonly history: HistoryDesk;
  readonly jobs: JobsDesk;
  readonly actions: ActionsDesk;
  /** How many instances of each project are wanted. */
  readonly scaling: Pick<ScalerRoom, 'one' | 'list' | 'acceptsReader'>;
  /** Retraining by project. */
  schedules(): Schedule[];
  /** Numbers for Prometheus; asked for by GET /metrics alone. */
  readonly metrics: Pick<MetricsRoom, 'scrape' | 'acceptsScrape'>;
  /** Answers git hooks. */
  readonly gates: GateDesk;
  readonly doctor: DoctorDesk;
  readonly notices: NoticeDesk;
  readonly person: PersonDesk;
  readonly projects: ProjectDesk;
  readonly settings: SettingsDesk;
  readonly record: RecordDesk;
  /** Calls of services that sign what they send. */
  readonly sync: SyncDesk;
  readonly webhooks: WebhookDesk;
  issueCode(): { code: string; url: string; expiresAt: string };
  tradeCode(code: string): string | null;
}
