import type { CheckStatus } from './check.ts';
import type { DoctorReport } from './examine.ts';

/** Names that belong to the person and not into a report to others. */
export interface PrivateNames {
  readonly homeDir: string;
  readonly user: string;
  readonly hostName: string;
  readonly projects: readonly { readonly id: string; readonly path: string }[];
}

const MARKS: Readonly<Record<CheckStatus, string>> = {
  ok: 'ok',
  warning: 'warning',
  problem: 'PROBLEM',
  'not-applicable': '-',
};

/** Folders that are the same on every machine and say where a sensor or a program is. */
const COMMON_FOLDERS = 'sys|proc|dev|usr|etc|bin|sbin|lib|boot';
const PATH = new RegExp(
  String.raw`(?<![\w.~>/-])/(?!(?:${COMMON_FOLDERS})/)[^\s/:;,"'\x60()]+(?:/[^\s:;,"'\x60()]*)+|\b[A-Za-z]:\\[^\s:;,"'\x60()]+`,
  'g',
);
const HOME_PATH = /~[/\\][^\s:;,"'`()]+/g;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*/g;
const IPV4 = /\b(?!127\.0\.0\.1\b)\d{1,3}(?:\.\d{1,3}){3}\b/g;
/** Also such as fe80::1; a clock time has no double colon and fewer parts. */
const IPV6 = /(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}(?![\w:])|(?<![\w:])[0-9a-f]{1,4}::[0-9a-f:]*/gi;
const HARDWARE_ADDRESS = /\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/gi;
const LOCAL_ADDRESS = /^127\.0\.0\.1$/;

/**
 * The findings as text that may be given to strangers: what names the person, the machine, the network or a
 * project is replaced, so that the same thing keeps the same stand-in throughout.
 */
export function shareText(report: DoctorReport, about: string, names: PrivateNames): string {
  const hidden = (text: string): string => withoutPrivate(text.replace(/\p{Cc}/gu, ' '), names);
  const lines = report.checks.flatMap(({ status, title, text, next, details }) => [
    `${MARKS[status].padEnd(8)} ${title}: ${hidden(text)}`,
    ...(details ?? []).map((line) => `           ${hidden(line)}`),
    ...(next === null ? [] : [`         > ${hidden(next)}`]),
  ]);
  return `${[about, `status: ${report.status}`, '', ...lines].join('\n')}\n`;
}

function withoutPrivate(text: string, { homeDir, user, hostName, projects }: PrivateNames): string {
  let open = text;
  // The longest first: a project inside another one, or inside the home, keeps its own stand-in.
  const paths = projects
    .map(({ path }, index) => ({ path, as: `<project ${index + 1}>` }))
    .sort((one, other) => other.path.length - one.path.length);
  for (const { path, as } of paths) open = open.replaceAll(path, as);
  if (homeDir.length > 1) open = open.replaceAll(homeDir, '~');
  open = open
    .replace(MAIL, (mail) => (LOCAL_ADDRESS.test(mail.split('@')[1] ?? '') ? mail : '<address>'))
    .replace(HOME_PATH, '<path>')
    .replace(PATH, '<path>')
    .replace(HARDWARE_ADDRESS, '<address>')
    .replace(IPV4, '<address>')
    .replace(IPV6, '<address>');
  projects.forEach(({ id }, index) => {
    open = withoutWord(open, id, `<project ${index + 1}>`);
  });
  return withoutWord(withoutWord(open, hostName, '<host>'), user, '<user>');
}

/** Whole words only: a short name must not tear other words apart. */
function withoutWord(text: string, word: string, as: string): string {
  if (word.length < 2) return text;
  const escaped = word.replace(/[.*+?^${}()|[\]\\-]/g, String.raw`\$&`);
  return text.replace(new RegExp(`(?<![\\w<])${escaped}(?![\\w>])`, 'gi'), as);
}
