import type { AlertsReply } from '../../shared/contract/alert.ts';
import { auditQuerySchema } from '../../shared/contract/requests.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { AuditEntry } from '../../shared/contract/record.ts';
import type { ScalingList } from '../../shared/contract/scaling.ts';
import type { DoctorReply } from '../../shared/contract/doctor.ts';
import { energyDaysQuerySchema } from '../../shared/contract/energy-ledger.ts';
import type { EnergyDaysReply } from '../../shared/contract/energy-ledger.ts';
import type { Answer } from '../fakes/fake-project-routes.ts';
import {
  EXAMPLE_DEPLOYMENTS,
  EXAMPLE_JOBS,
  exampleAlerts,
  exampleAudit,
  exampleDays,
  exampleDoctor,
} from './example-ledger.ts';
import { EXAMPLE_SCALING } from './example-scaling.ts';

/** What the fake core answers on the pages that look back; a test changes the parts as it goes. */
export interface LookingBack {
  days: (count: number) => EnergyDaysReply;
  alerts: AlertsReply;
  jobs: readonly Job[];
  scaling: ScalingList;
  audit: readonly AuditEntry[];
  doctor: DoctorReply;
  /** How often the self-check ran. */
  doctorRuns: number;
  /** Paths of what was done with jobs. */
  readonly jobActs: string[];
  /** What was asked of the quiet hours. */
  readonly quietAsked: unknown[];
  answer(method: string, url: URL, bodyText: string): Answer | null;
}

export function createLookingBack(): LookingBack {
  const ok = (value: unknown): Answer => ({ status: 200, value });
  const parts: LookingBack = {
    days: exampleDays,
    alerts: exampleAlerts(),
    jobs: EXAMPLE_JOBS,
    jobActs: [],
    scaling: EXAMPLE_SCALING,
    audit: exampleAudit(30),
    doctor: exampleDoctor(),
    doctorRuns: 0,
    quietAsked: [],
    answer(method, url, bodyText) {
      const acted = /^\/v1\/jobs\/([^/]+)\/(pause|resume|cancel|output)$/.exec(url.pathname);
      if (acted !== null) return jobAnswer(parts, method, acted[1] ?? '', acted[2] ?? '');
      switch (`${method} ${url.pathname}`) {
        case 'GET /v1/energy/days': {
          const { dayCount } = energyDaysQuerySchema.parse(Object.fromEntries(url.searchParams));
          return ok(parts.days(dayCount));
        }
        case 'GET /v1/deployments':
          return url.searchParams.has('project') ? null : ok(EXAMPLE_DEPLOYMENTS);
        case 'GET /v1/schedules':
          return ok([]);
        case 'GET /v1/scaling':
          return ok(parts.scaling);
        case 'GET /v1/jobs':
          return ok(parts.jobs);
        case 'GET /v1/alerts':
          return ok(parts.alerts);
        case 'PUT /v1/alerts/quiet':
          parts.quietAsked.push(JSON.parse(bodyText));
          parts.alerts = exampleAlerts({
            quiet: {
              ...parts.alerts.quiet,
              isQuiet: true,
              reason: 'person',
              until: '2026-01-05T11:00:00.000Z',
            },
          });
          return ok(parts.alerts.quiet);
        case 'DELETE /v1/alerts/quiet':
          parts.alerts = exampleAlerts();
          return ok(parts.alerts.quiet);
        case 'GET /v1/audit':
          return url.searchParams.has('limit') ? ok(auditPage(parts.audit, url)) : null;
        case 'GET /v1/audit/names':
          return ok({
            projects: namesIn(parts.audit, 'project'),
            actors: namesIn(parts.audit, 'actor'),
            acts: namesIn(parts.audit, 'act'),
          });
        case 'GET /v1/doctor':
          parts.doctorRuns += 1;
          return ok(parts.doctor);
        default:
          return null;
      }
    },
  };
  return parts;
}

const AFTER: Readonly<Record<string, Partial<Job>>> = {
  pause: { isHeld: true },
  resume: { isHeld: false, state: 'running', reason: '', until: null },
  cancel: { state: 'cancelled', endedAt: '2026-01-05T10:00:00.000Z' },
};

function jobAnswer(parts: LookingBack, method: string, id: string, what: string): Answer {
  if (what === 'output')
    return { status: 200, value: { id, output: '\u001b[32mepoch 1\u001b[0m\nloss 0.3\n' } };
  parts.jobActs.push(`${method} ${id} ${what}`);
  parts.jobs = parts.jobs.map((job) => (job.id === id ? { ...job, ...AFTER[what] } : job));
  return { status: 200, value: parts.jobs.find((job) => job.id === id) };
}

function auditPage(entries: readonly AuditEntry[], url: URL): readonly AuditEntry[] {
  const { project, actor, act, before, limit } = auditQuerySchema.parse(Object.fromEntries(url.searchParams));
  return entries
    .filter((entry) => project === undefined || entry.project === project)
    .filter((entry) => actor === undefined || entry.actor === actor)
    .filter((entry) => act === undefined || entry.act === act)
    .filter(({ sequence }) => before === undefined || sequence < before)
    .slice(0, limit);
}

function namesIn(entries: readonly AuditEntry[], key: 'project' | 'actor' | 'act'): string[] {
  return [...new Set(entries.flatMap((entry) => entry[key] ?? []))].sort();
}
