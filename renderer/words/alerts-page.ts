import type { Alert } from '../../shared/contract/state.ts';

const severities: Record<Alert['severity'], string> = {
  info: 'Info',
  warning: 'Warning',
  critical: 'Critical',
};

/** The words of the alerts page. */
export const alertsPage = {
  lead: 'What needs you now, and what did before.',
  severities,
  standing: {
    name: 'Now',
    count: (count: number) => (count === 1 ? '1 stands' : `${count} stand`),
    none: 'Nothing needs you.',
    noneHint: 'When something does, it stands here with what clears it.',
    since: (time: string, age: string) => `Since ${time}, ${age}.`,
    clears: 'Clears when:',
  },
  quiet: {
    name: 'Notices',
    on: 'Notices are shown as they come.',
    until: (time: string) => `Quiet until ${time}.`,
    person: 'You asked for it.',
    hours: (from: string, to: string) => `Quiet hours are ${from} to ${to}, every day.`,
    noHours: 'No quiet hours are set.',
    focus: 'Quiet while the desktop does not want to be disturbed.',
    open: 'Quiet for now.',
    waiting: (count: number) => (count === 1 ? '1 notice waits.' : `${count} notices wait.`),
    critical: 'Critical ones still come, once and without sound.',
    limits: 'At most one per project in 10\u202fminutes and 6 in an hour; the rest comes as one summary.',
    forHour: 'Quiet for 1\u202fh',
    tomorrow: 'Quiet until tomorrow',
    end: 'End quiet',
    started: 'Quiet now.',
    ended: 'Notices come again.',
  },
  past: {
    name: 'Before',
    none: 'No alert has ended yet.',
    stood: (from: string, howLong: string) => `${from}, stood ${howLong}`,
    older: 'Show more',
  },
};
