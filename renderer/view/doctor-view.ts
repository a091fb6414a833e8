import type { DoctorCheckResult, DoctorReply } from '../../shared/contract/doctor.ts';

/** Where a check stands on the page, in this order. */
export const DOCTOR_GROUPS = ['power', 'core', 'projects', 'desktop', 'outside', 'other'] as const;
export type DoctorGroup = (typeof DOCTOR_GROUPS)[number];

const GROUP_OF: Readonly<Record<string, DoctorGroup>> = {
  'power-sensors': 'power',
  ups: 'power',
  'heat-sensors': 'power',
  config: 'core',
  endpoint: 'core',
  'disk-space': 'core',
  clock: 'core',
  runtime: 'core',
  history: 'core',
  hooks: 'projects',
  notifications: 'desktop',
  'tray-host': 'desktop',
};

export interface DoctorSection {
  readonly group: DoctorGroup;
  /** Those that apply, the worst first. */
  readonly checks: readonly DoctorCheckResult[];
  /** Titles of those that do not apply here. */
  readonly notHere: readonly string[];
}

const RANK: Readonly<Record<DoctorCheckResult['status'], number>> = {
  problem: 0,
  warning: 1,
  ok: 2,
  'not-applicable': 3,
};

/** The checks by group; a check this page has not heard of is not lost, it stands last. */
export function doctorSections({ checks }: DoctorReply): readonly DoctorSection[] {
  return DOCTOR_GROUPS.map((group) => {
    const here = checks.filter(({ id }) => (GROUP_OF[id] ?? 'other') === group);
    return {
      group,
      checks: here
        .filter(({ status }) => status !== 'not-applicable')
        .sort((one, other) => RANK[one.status] - RANK[other.status]),
      notHere: here.filter(({ status }) => status === 'not-applicable').map(({ title }) => title),
    };
  }).filter(({ checks: applying, notHere }) => applying.length + notHere.length > 0);
}

export function countOf(reply: DoctorReply, status: DoctorCheckResult['status']): number {
  return reply.checks.filter((check) => check.status === status).length;
}
