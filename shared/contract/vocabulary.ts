/**
 * The words every part of the product agrees on. Plain lists, no library, so that the pure folders and the
 * fast paths of the CLI can load them; the zod schemas beside this file are built from them.
 */

/** From worst to best; the index is the level's number. UNKNOWN has none. */
export const RANKED_LEVELS = ['CRITICAL', 'LOW', 'MEDIUM', 'HIGH', 'FULL'] as const;
export const ENERGY_LEVELS = [...RANKED_LEVELS, 'UNKNOWN'] as const;
export type RankedLevel = (typeof RANKED_LEVELS)[number];
export type EnergyLevel = (typeof ENERGY_LEVELS)[number];

export const SUPPLY_KINDS = ['mains', 'usb', 'wireless', 'battery', 'ups', 'grid', 'other'] as const;
export type SupplyKind = (typeof SUPPLY_KINDS)[number];

export const SUPPLY_SCOPES = ['system', 'device', 'unknown'] as const;
export type SupplyScope = (typeof SUPPLY_SCOPES)[number];

export const SUPPLY_SOURCES = ['sysfs', 'nut', 'apcupsd', 'system', 'grid'] as const;
export type SupplySource = (typeof SUPPLY_SOURCES)[number];

export const BATTERY_STATES = [
  'charging',
  'discharging',
  'full',
  'not-charging',
  'empty',
  'unknown',
] as const;
export type BatteryState = (typeof BATTERY_STATES)[number];

export const COOLING_STATUSES = ['NORMAL', 'WARM', 'HOT', 'CRITICAL'] as const;
export type CoolingStatus = (typeof COOLING_STATUSES)[number];

export const NETWORK_STATUSES = ['ONLINE', 'CAPTIVE', 'OFFLINE'] as const;
export type NetworkStatus = (typeof NETWORK_STATUSES)[number];

export const PROFILES = ['business', 'ml', 'infrastructure'] as const;
export type Profile = (typeof PROFILES)[number];

/** The scores of each built-in profile. */
export const PROFILE_SCORES = {
  business: ['integration', 'wellbeing', 'stability'],
  ml: ['model_health', 'embedding_quality', 'computation_load'],
  infrastructure: ['power_available', 'cooling_status', 'network_status'],
} as const satisfies Readonly<Record<Profile, readonly string[]>>;

/** Everything that is measured of a project. Each is 0..100 once scaled, 100 being as good as it gets. */
export const MEASURES = [
  'tests',
  'coverage',
  'drift',
  'services',
  'incidents',
  'rollbacks',
  'deployments',
  'errors',
  'accuracy',
  'latency',
  'recall',
  'mrr',
  'ndcg',
] as const;
export type Measure = (typeof MEASURES)[number];

/** What a score must be, as settings say it: "at least 70". */
export const SCORE_NEED_PATTERN = /^(above|at least|below|at most) (100|\d{1,2}(?:\.\d{1,3})?)$/;

export const CHANGE_TYPES = ['feature', 'fix', 'revert', 'safe', 'experiment', 'infra'] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

/** From best to worst, so that "the worst over all rules" is the highest index. */
export const VERDICTS = ['allow', 'throttle', 'unknown', 'block'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const OPERATING_MODES = [
  'ONLY_FIXES',
  'NORMAL',
  'FULL_SPEED',
  'FROZEN',
  'DISABLED',
  'EFFICIENT',
  'DEGRADED',
] as const;
export type OperatingMode = (typeof OPERATING_MODES)[number];

/** What a project's own scores ask for; separate from the operating mode (see the domain's D6). */
export const HEALTH_MODES = ['FAST', 'SAFE', 'HALT', 'NORMAL', 'EFFICIENT', 'DEGRADED'] as const;
export type HealthMode = (typeof HEALTH_MODES)[number];

export const FRESHNESS = ['fresh', 'amber', 'stale', 'missing', 'clock-wrong'] as const;
export type Freshness = (typeof FRESHNESS)[number];

/** Where a score comes from. */
export const SCORE_SOURCES = ['report', 'measured', 'machine', 'none'] as const;
export type ScoreSource = (typeof SCORE_SOURCES)[number];

/** What a person may say about the day; each takes something off the number they set. */
export const WELLBEING_TAGS = ['slept-badly', 'on-call', 'deep-work', 'sick'] as const;
export type WellbeingTag = (typeof WELLBEING_TAGS)[number];

/** Where a watt or a watt-hour comes from; beside every one that is shown. */
export const ENERGY_PROVENANCES = ['measured', 'modelled', 'unknown'] as const;

/** From least to most; the index is the rank. */
export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** Where notices go. */
export const ALERT_CHANNELS = ['desktop', 'slack', 'email'] as const;
export type AlertChannel = (typeof ALERT_CHANNELS)[number];

/** What a managed job is doing. `starting` has a place and no process yet; `ending` is being cancelled. */
export const JOB_STATES = [
  'queued',
  'starting',
  'running',
  'checkpointing',
  'paused',
  'ending',
  'ended',
  'cancelled',
  'lost',
] as const;
export type JobState = (typeof JOB_STATES)[number];

/** What a job may wait for. Below MEDIUM nothing expensive runs (domain 1.3). */
export const JOB_LEVELS = ['MEDIUM', 'HIGH', 'FULL'] as const;
export type JobLevel = (typeof JOB_LEVELS)[number];

/** Signals that programs save their work on. `auto` is SIGUSR1, for programs that have a handler for it. */
export const CHECKPOINT_SIGNALS = [
  'auto',
  'none',
  'SIGUSR1',
  'SIGUSR2',
  'SIGTSTP',
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
] as const;
export type CheckpointSignal = (typeof CHECKPOINT_SIGNALS)[number];

/** What the core does by itself beside jobs, each with a record of its own. */
export const ACTION_KINDS = ['rollback', 'throttle', 'safeguard'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/**
 * `asking`: a person decides. `counting`: can still be called off. `verifying`: done, and whether it helped shows.
 * `active`: in force until it is undone.
 */
export const ACTION_STATES = [
  'asking',
  'counting',
  'running',
  'verifying',
  'active',
  'undoing',
  'helped',
  'not-helped',
  'done',
  'undone',
  'declined',
  'cancelled',
  'observed',
  'failed',
  'undo-failed',
] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** What a person may answer to an action. */
export const ACTION_VERBS = ['approve', 'decline', 'undo', 'retry', 'cancel'] as const;
export type ActionVerb = (typeof ACTION_VERBS)[number];

export const ROLLBACK_KINDS = ['git-revert', 'command'] as const;
export const ROLLBACK_MODES = ['automatic', 'ask', 'observe'] as const;
export type RollbackMode = (typeof ROLLBACK_MODES)[number];

/** What a desktop says that may change the power. */
export const POKE_CAUSES = [
  'on-ac',
  'on-battery',
  'suspend',
  'resume',
  'lock-screen',
  'unlock-screen',
] as const;

/** The id of a task at Manus. */
export const MANUS_TASK_PATTERN = /^[A-Za-z0-9]{22}$/;

/** What becomes of a task as we know it; Manus has no place for it. */
export const TASK_STATUSES = [
  'queued',
  'blocked',
  'deploying',
  'deployed',
  'failed',
  'rolled-back',
  'done',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];
