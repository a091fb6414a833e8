import { VERDICTS } from '../../shared/contract/vocabulary.ts';
import { DEPLOYMENT_RESULTS, INCIDENT_SEVERITIES } from '../../shared/contract/record.ts';
import { MOST_PROJECTS } from './labels.ts';
import { counter, gauge, sample, type Metric, type Sample } from './metric.ts';
import type { Total } from './record-totals.ts';

const JOULES_PER_WH = 3600;

/** What was deployed, asked and went wrong. */
export const RECORD_METRICS: readonly Metric[] = [
  counter({
    name: 'orch_deployment_attempts_total',
    help: 'Deployments that ended, by result',
    since: 'record',
    labels: ['project', 'result'],
    most: MOST_PROJECTS * DEPLOYMENT_RESULTS.length,
    read: ({ record }) => totals(record?.deployments, 'result'),
  }),
  gauge({
    name: 'orch_deployments_running',
    help: 'Deployments that began and did not end yet',
    labels: ['project'],
    most: MOST_PROJECTS,
    read: ({ record }) =>
      (record?.deploymentsRunning ?? []).flatMap(({ project, total }) => sample(total, { project })),
  }),
  counter({
    name: 'orch_deployment_energy_joules_total',
    help: 'Energy drawn from the battery during deployments, where something measured it',
    since: 'record',
    unit: 'J',
    labels: ['project', 'provenance'],
    most: MOST_PROJECTS * 3,
    read: ({ record }) => totals(record?.deploymentEnergyWh, 'provenance', JOULES_PER_WH),
  }),
  counter({
    name: 'orch_gate_decisions_total',
    help: 'Decisions that gates asked for, by verdict; the same decision asked twice counts once',
    since: 'run',
    labels: ['project', 'verdict'],
    most: MOST_PROJECTS * VERDICTS.length,
    read: ({ record }) => totals(record?.decisions, 'verdict'),
  }),
  counter({
    name: 'orch_incidents_total',
    help: 'Incidents that were recorded, by severity',
    since: 'record',
    labels: ['project', 'severity'],
    most: MOST_PROJECTS * INCIDENT_SEVERITIES.length,
    read: ({ record }) => totals(record?.incidents, 'severity'),
  }),
  gauge({
    name: 'orch_incidents_open',
    help: 'Incidents that are open, by severity',
    labels: ['project', 'severity'],
    most: MOST_PROJECTS * INCIDENT_SEVERITIES.length,
    read: ({ record }) => totals(record?.incidentsOpen, 'severity'),
  }),
];

function totals(all: readonly Total[] | undefined, label: string, scale = 1): readonly Sample[] {
  return (all ?? []).flatMap(({ project, of, total }) => sample(total * scale, { project, [label]: of }));
}
