import type { Words } from '../words/words.ts';
import { spacedWords } from './plain-text.ts';
import type { SettingField } from './setting-schema.ts';

/** "webhook URL" for "webhookUrl", "SMTP password" for "smtp-password": a key as words, each as it is written. */
export function spelledWords(key: string, words: Words): string {
  const { spellings } = words.settingsPage;
  return spacedWords(key)
    .split(' ')
    .map((word) => spellings[word] ?? word)
    .join(' ');
}

/** A value as a person types it; nothing for null. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

export function linesOf(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.map(asText)
    : value === null || value === undefined
      ? []
      : [asText(value)];
}

/** One item a line; empty lines are none. */
export function asLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A number with either decimal sign; what is none stays text, so that the core can say what is wrong with it. */
export function asNumber(
  text: string,
  { isNullable }: Extract<SettingField, { kind: 'number' }>,
): number | string | null {
  const said = text.trim();
  if (said === '') return isNullable ? null : '';
  const number = Number(said.replace(',', '.'));
  return Number.isFinite(number) ? number : said;
}

export function jsonOf(value: unknown): string {
  return value === null || value === undefined ? '' : JSON.stringify(value, null, 2);
}
