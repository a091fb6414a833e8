import type { HealthMode } from '../contract/vocabulary.ts';

/** A report file that was read and understood. Instants are wall-clock milliseconds since 1970. */
export interface ParsedReport {
  /** `flat` is the source document's form: scores at the top, no stamp of its own. */
  readonly form: 'full' | 'flat';
  /** As the report names it; text only, never a path. */
  readonly project: string | null;
  /** A built-in profile or one of the settings; null when it does not say. */
  readonly profile: string | null;
  readonly generatedAtMs: number;
  /** Where `generatedAtMs` comes from. */
  readonly ageFrom: 'generatedAt' | 'file-time';
  /** When the file itself last changed. */
  readonly fileChangedAtMs: number;
  readonly commit: string | null;
  readonly generator: string | null;
  readonly scores: Readonly<Record<string, number | string | null>>;
  readonly mode: HealthMode | null;
  /** 0..1 as the writer states it; null when it does not. */
  readonly confidence: number | null;
  /** Everything in the file, fields this product does not know included. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What is known of one project's report right now. */
export interface Evidence {
  readonly folder: 'present' | 'missing' | 'unreadable';
  /** The report as read now, or the last good one; null when there is none to go by. */
  readonly report: ParsedReport | null;
  /** True when `report` is kept from an earlier read because the file cannot be used now. */
  readonly isLastGood: boolean;
  /** What is wrong, naming file, line and field; null when nothing is. */
  readonly problem: string | null;
  /** The work tree's current commit; null without git or when it cannot be read. */
  readonly headCommit: string | null;
}

/** No report and nothing known: what a project starts with. */
export const NO_EVIDENCE: Evidence = {
  folder: 'present',
  report: null,
  isLastGood: false,
  problem: null,
  headCommit: null,
};
