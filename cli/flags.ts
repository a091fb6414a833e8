import { parseArgs, type ParseArgsConfig } from 'node:util';

import { UsageError } from './usage-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
interface Config<O extends Options> {
  args: string[];
  options: O & { help: { type: 'boolean'; short: 'h' } };
  allowPositionals: true;
}

/** `util.parseArgs`, with its complaints turned into usage errors and `--help` known to every command. */
export function flags<const O extends Options>(
  args: string[],
  options: O,
): ReturnType<typeof parseArgs<Config<O>>> {
  try {
    return parseArgs<Config<O>>({
      args,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? 'bad arguments');
  }
}

/** "30", "90s", "30m", "2h" -> milliseconds. Throws a UsageError that names the flag. */
export function durationMs(text: string, flag: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text);
  if (match === null) throw new UsageError(`${flag} must be a duration like 90s, 30m or 2h, not "${text}"`);
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000 }[match[2] ?? 's'] ?? 1000;
  return Number(match[1]) * unitMs;
}

/** One of a list, or a UsageError that names the list. */
export function oneOf<const T extends string>(text: string, allowed: readonly T[], flag: string): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined)
    throw new UsageError(`${flag} must be one of ${allowed.join(', ')}, not "${text}"`);
  return found;
}
