/** What is said of a schedule before a library reads it: five fields, or one of these names. */
const NICKNAMES = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly'];

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Words for `least` and what follows it. */
  readonly words: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day of the month', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: MONTHS },
  { name: 'day of the week', least: 0, most: 7, words: DAYS },
];

/** What is wrong with a cron expression of five fields, for a person; null when nothing is. */
export function cronComplaint(text: string): string | null {
  if (text.startsWith('@'))
    return NICKNAMES.includes(text) ? null : `must be five fields or one of ${NICKNAMES.join(', ')}`;
  const parts = text.split(' ');
  if (parts.length !== FIELDS.length)
    return 'must be five fields (minute, hour, day of the month, month, day of the week), e.g. "0 3 * * *"';
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index] ?? '';
    if (!part.split(',').every((item) => isItem(item, field)))
      return `${field.name} "${part.slice(0, 40)}" must be *, numbers from ${field.least} to ${field.most}, ranges (1-5) or steps (*/15)`;
  }
  return null;
}

function isItem(item: string, field: Field): boolean {
  const [range = '', step, ...more] = item.split('/');
  if (more.length > 0) return false;
  if (step !== undefined && !(/^\d{1,2}$/.test(step) && Number(step) >= 1 && Number(step) <= field.most))
    return false;
  if (range === '*') return true;
  const [from, to, ...rest] = range.split('-').map((end) => numberOf(end, field));
  if (rest.length > 0 || from === undefined || from === null || to === null) return false;
  // A step from a single number has no end: "5/15" is read in more than one way.
  return to === undefined ? step === undefined : from <= to;
}

function numberOf(text: string, { least, most, words }: Field): number | null {
  const word = words.indexOf(text.toUpperCase());
  if (word !== -1) return least + word;
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}
