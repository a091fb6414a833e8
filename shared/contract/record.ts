import { z } from 'zod';

import { ENERGY_PROVENANCES } from './vocabulary.ts';

/** The record that stability, rollback and the audit read. */

export const DEPLOYMENT_RESULTS = ['ok', 'failed', 'rolled-back'] as const;
export const INCIDENT_SEVERITIES = ['minor', 'major', 'critical'] as const;

export const deploymentSchema = z.object({
  id: z.string(),
  project: z.string(),
  commit: z.string(),
  startedAt: z.string(),
  /** Null while it runs. */
  finishedAt: z.string().nullable(),
  result: z.enum(DEPLOYMENT_RESULTS).nullable(),
  /** Drawn from the battery meanwhile; null while it runs and when nothing measured it. */
  energyWh: z.number().nullable(),
  energyProvenance: z.enum(ENERGY_PROVENANCES),
});
export type Deployment = z.infer<typeof deploymentSchema>;

export const incidentSchema = z.object({
  id: z.string(),
  project: z.string(),
  severity: z.enum(INCIDENT_SEVERITIES),
  title: z.string(),
  openedAt: z.string(),
  /** Null while it is open. */
  closedAt: z.string().nullable(),
});
export type Incident = z.infer<typeof incidentSchema>;

export const auditEntrySchema = z.object({
  sequence: z.number().int(),
  at: z.string(),
  /** "person", "core", "git hook", "github". */
  actor: z.string(),
  /** Kebab-case: "halt", "waive", "deploy-start", "gate-asked". */
  act: z.string(),
  project: z.string().nullable(),
  cause: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
