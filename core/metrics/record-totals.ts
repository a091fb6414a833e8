import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A count or an amount, and what it is of. */
export interface Total {
  readonly project: string;
  /** Result, verdict, severity or provenance. */
  readonly of: string;
  readonly total: number;
}

/** What the record holds, counted. The first three only ever rise. */
export interface RecordTotals {
  /** Deployments that ended, by result. */
  readonly deployments: readonly Total[];
  /** Watt-hours of deployments, where something measured them, by provenance. */
  readonly deploymentEnergyWh: readonly Total[];
  /** By severity. */
  readonly incidents: readonly Total[];
  readonly incidentsOpen: readonly Total[];
  readonly deploymentsRunning: readonly Total[];
  /** Decisions a gate asked for since the core started, by verdict. */
  readonly decisions: readonly Total[];
}

/** Where the highest counts outlive a restart. */
export interface TotalsStore {
  control(key: string): string | null;
  setControl(key: string, value: string, nowMs: number): void;
}

export interface RecordTotalsParts {
  /** Null where no database could be opened: then nothing is known of the record. */
  readonly database: DatabaseSync | null;
  readonly store: TotalsStore;
  readonly clock: { wallMs(): number; monotonicMs(): number };
}

const QUERIES = {
  deployments: `SELECT project, result AS "of", count(*) AS total FROM deployments
    WHERE result IS NOT NULL GROUP BY project, result`,
  deploymentEnergyWh: `SELECT project, energy_provenance AS "of", sum(energy_wh) AS total FROM deployments
    WHERE energy_wh IS NOT NULL GROUP BY project, energy_provenance`,
  incidents: 'SELECT project, severity AS "of", count(*) AS total FROM incidents GROUP BY project, severity',
  incidentsOpen: `SELECT project, severity AS "of", count(*) AS total FROM incidents
    WHERE closed_at_ms IS NULL GROUP BY project, severity`,
  deploymentsRunning: `SELECT project, 'running' AS "of", count(*) AS total FROM deployments
    WHERE finished_at_ms IS NULL GROUP BY project`,
} as const;
const RISING = ['deployments', 'deploymentEnergyWh', 'incidents'] as const;

/** Decisions are long rows: only those that came since the last look are read. */
const NEW_DECISIONS = `SELECT project, verdict AS "of", count(*) AS total FROM decisions
  WHERE sequence > ?1 AND sequence <= ?2 GROUP BY project, verdict`;
const NEWEST_DECISION = 'SELECT coalesce(max(sequence), 0) AS total FROM decisions';

const ASK_EVERY_MS = 1000;
const STORE_KEY = 'metrics-totals';

/**
 * Counts the record, at most once a second however often it is called: scraping must not be a way to keep the core
 * busy. Returns null where there is no database. What the record forgets for lack of room stays counted.
 */
export function createRecordTotals(parts: RecordTotalsParts): () => RecordTotals | null {
  const { database, clock } = parts;
  if (database === null) return () => null;
  const newestSequence = (): number => Number(database.prepare(NEWEST_DECISION).get()?.['total'] ?? 0);
  const forgotten = createForgotten(parts);
  const decisions = new Map<string, Total>();
  let countedUpTo = attempted(newestSequence) ?? 0;
  let statements: Readonly<Record<keyof typeof QUERIES | 'new', StatementSync>> | null = null;
  let last: { readonly totals: RecordTotals; readonly atMs: number } | null = null;

  const prepared = (): NonNullable<typeof statements> =>
    (statements ??= {
      deployments: database.prepare(QUERIES.deployments),
      deploymentEnergyWh: database.prepare(QUERIES.deploymentEnergyWh),
      incidents: database.prepare(QUERIES.incidents),
      incidentsOpen: database.prepare(QUERIES.incidentsOpen),
      deploymentsRunning: database.prepare(QUERIES.deploymentsRunning),
      new: database.prepare(NEW_DECISIONS),
    });

  const addDecisions = (): void => {
    const upTo = newestSequence();
    // A new file was begun for a damaged one.
    if (upTo < countedUpTo) countedUpTo = 0;
    for (const { project, of, total } of totalsIn(prepared().new.all(countedUpTo, upTo))) {
      const key = `${project} ${of}`;
      decisions.set(key, { project, of, total: total + (decisions.get(key)?.total ?? 0) });
    }
    countedUpTo = upTo;
  };

  const count = (): RecordTotals => {
    const ask = prepared();
    addDecisions();
    const rising = forgotten.added({
      deployments: totalsIn(ask.deployments.all()),
      deploymentEnergyWh: totalsIn(ask.deploymentEnergyWh.all()),
      incidents: totalsIn(ask.incidents.all()),
    });
    return {
      ...rising,
      incidentsOpen: totalsIn(ask.incidentsOpen.all()),
      deploymentsRunning: totalsIn(ask.deploymentsRunning.all()),
      decisions: [...decisions.values()],
    };
  };

  return () => {
    const nowMs = clock.monotonicMs();
    if (last !== null && nowMs - last.atMs < ASK_EVERY_MS) return last.totals;
    // A record that cannot be read now hides its own metrics and no other.
    const totals = attempted(count);
    last = totals === null ? null : { totals, atMs: nowMs };
    return totals;
  };
}

type Rising = Pick<RecordTotals, (typeof RISING)[number]>;

/** What was counted once and is no longer in the record, added to what still is. */
function createForgotten({ store, clock }: Pick<RecordTotalsParts, 'store' | 'clock'>): {
  added(counted: Rising): Rising;
} {
  /** By "deployments shop ok": what the record held last, and what it held before and lost. */
  const known = new Map<string, { held: number; lost: number }>(parsed(store.control(STORE_KEY)));
  return {
    added(counted) {
      const before = JSON.stringify([...known]);
      const held = new Map(
        RISING.flatMap((kind) =>
          counted[kind].map(
            ({ project, of, total }) => [JSON.stringify([kind, project, of]), total] as const,
          ),
        ),
      );
      for (const [key, entry] of known) {
        entry.lost += Math.max(0, entry.held - (held.get(key) ?? 0));
        entry.held = 0;
      }
      for (const [key, total] of held) known.set(key, { held: total, lost: known.get(key)?.lost ?? 0 });
      const after = JSON.stringify([...known]);
      // Fails with a full disk, of which others tell; the counts go on from memory.
      if (after !== before) attempted(() => store.setControl(STORE_KEY, after, clock.wallMs()));
      const all = [...known].map(([key, { held, lost }]) => {
        const [kind = '', project = '', of = ''] = JSON.parse(key) as string[];
        return { kind, project, of, total: held + lost };
      });
      const ofKind = (wanted: string): Total[] =>
        all.filter(({ kind }) => kind === wanted).map(({ project, of, total }) => ({ project, of, total }));
      return {
        deployments: ofKind('deployments'),
        deploymentEnergyWh: ofKind('deploymentEnergyWh'),
        incidents: ofKind('incidents'),
      };
    },
  };
}

function totalsIn(rows: readonly Record<string, unknown>[]): Total[] {
  return rows.map((row) => ({
    project: String(row['project']),
    of: String(row['of']),
    total: Number(row['total']),
  }));
}

/** Our own text from our own database; what does not read as such is left aside. */
function parsed(text: string | null): [string, { held: number; lost: number }][] {
  try {
    const value: unknown = text === null ? [] : JSON.parse(text);
    return Array.isArray(value) ? (value as [string, { held: number; lost: number }][]) : [];
  } catch {
    return [];
  }
}

function attempted<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
