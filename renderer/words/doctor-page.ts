import type { CheckStatus } from '../../shared/contract/doctor.ts';
import type { DoctorGroup } from '../view/doctor-view.ts';

const statuses: Record<CheckStatus, string> = {
  ok: 'Fine',
  warning: 'Warning',
  problem: 'Problem',
  'not-applicable': 'Not here',
};

const groups: Record<DoctorGroup, string> = {
  power: 'Power and heat',
  core: 'The core',
  projects: 'Projects',
  desktop: 'Desktop',
  outside: 'Other services',
  other: 'More',
};

const problems = (count: number): string => (count === 1 ? '1 problem' : `${count} problems`);
const warnings = (count: number): string => (count === 1 ? '1 warning' : `${count} warnings`);

/** The words of the doctor page. */
export const doctorPage = {
  lead: 'Checks sensors, settings, hooks and desktop, and says what to do.',
  statuses,
  groups,
  run: 'Run again',
  running: 'Checking',
  first: 'Checking. It takes a few seconds at most.',
  failed: 'The check did not end. The core may be away or busy.',
  retry: 'Try again',
  fine: 'Nothing is wrong.',
  found: (problemCount: number, warningCount: number): string => {
    const parts = [
      ...(problemCount > 0 ? [problems(problemCount)] : []),
      ...(warningCount > 0 ? [warnings(warningCount)] : []),
    ];
    return `${parts.join(', ')}.`;
  },
  checked: (age: string, took: string) => `Checked ${age}, in ${took}.`,
  next: 'What to do:',
  details: (count: number) => (count === 1 ? '1 line of detail' : `${count} lines of detail`),
  notHere: (names: string) => `Does not apply here: ${names}.`,
  share: {
    name: 'For a bug report',
    hint: 'The same as text. Names, paths and addresses are left out; look at it before you send it.',
    show: 'Show the text',
    text: 'The text to copy',
    copy: 'Copy as text',
    copied: 'Copied.',
    failed: 'The browser does not let this page copy. The text is below; select and copy it.',
  },
};
