import type { Clock } from '../clock.ts';
import type { ConfigResult } from '../config-file.ts';
import type { Places } from '../places.ts';
import type { PowerReading, UpsReading } from '../../shared/contract/energy.ts';

export type CheckStatus = 'ok' | 'warning' | 'problem' | 'not-applicable';

/** What a check found. */
export interface Finding {
  readonly status: CheckStatus;
  /** One sentence for a person. */
  readonly text: string;
  /** What to do about it; null when nothing is to be done. */
  readonly next: string | null;
  /** One line a sensor, file or project, where there are several. */
  readonly details?: readonly string[];
}

/** What decides whether a check makes sense here. */
export interface DoctorFacts {
  /** `process.platform`. */
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: ConfigResult;
}

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'socket' | 'link' | 'other';
  /** Permission bits, e.g. 0o600. */
  readonly mode: number;
  readonly isOurs: boolean;
}

/** Looking at files, without ever following a link at the end of a path. */
export interface DoctorFiles {
  /** Null when there is nothing; rejects when the file system answers otherwise. */
  about(path: string): Promise<FileFacts | null>;
  mayWrite(path: string): Promise<boolean>;
  /** Null where the platform does not tell. */
  freeBytes(path: string): Promise<number | null>;
  /** The text of a regular file; null when it is not there. At most 64 KB. */
  readText(path: string): Promise<string | null>;
}

export type RunOutcome =
  | { readonly kind: 'ended'; readonly code: number; readonly out: string }
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'too-slow' };

export type HealthAnswer =
  | { readonly kind: 'answers'; readonly status: number; readonly body: string }
  | { readonly kind: 'silent'; readonly why: string };

export interface PowerLook {
  readonly reading: PowerReading | null;
  /** Why there is none; empty when there is one. */
  readonly failure: string;
}

/** What checks may touch. */
export interface DoctorPorts {
  readonly facts: DoctorFacts;
  readonly places: Places;
  readonly clock: Clock;
  readonly files: DoctorFiles;
  /** One look, shared by all checks. */
  readonly power: () => Promise<PowerLook>;
  /** One question to every configured UPS daemon. */
  readonly ups: () => Promise<readonly UpsReading[]>;
  /** Runs a program without a shell, 2 s at most. */
  readonly run: (program: string, args: readonly string[]) => Promise<RunOutcome>;
  /** GET of a loopback URL, 1 s at most. */
  readonly ask: (url: string) => Promise<HealthAnswer>;
  readonly isAlive: (pid: number) => boolean;
  readonly versions: { readonly node: string; readonly sqlite: string | null };
}

/** One question of `orch doctor`. */
export interface DoctorCheck {
  readonly id: string;
  readonly title: string;
  applicable(facts: DoctorFacts): boolean;
  check(ports: DoctorPorts): Promise<Finding>;
}

export function ok(text: string, details?: readonly string[]): Finding {
  return finding('ok', text, null, details);
}

export function warning(text: string, next: string | null, details?: readonly string[]): Finding {
  return finding('warning', text, next, details);
}

export function problem(text: string, next: string | null, details?: readonly string[]): Finding {
  return finding('problem', text, next, details);
}

export function notApplicable(text: string): Finding {
  return finding('not-applicable', text, null, undefined);
}

function finding(
  status: CheckStatus,
  text: string,
  next: string | null,
  details: readonly string[] | undefined,
): Finding {
  return details === undefined ? { status, text, next } : { status, text, next, details };
}
