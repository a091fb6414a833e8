import type { Words } from '../words/words.ts';
import { plainText } from './plain-text.ts';
import { asText, linesOf } from './setting-text.ts';
import type { SettingRowView } from './setting-view.ts';

/** What a setting may be and what it is by itself: "From 5 to 600. Default: 30." */
export function settingHint({ field, defaultValue }: SettingRowView, words: Words): string {
  const said = words.settingsPage;
  const parts = [
    field.kind === 'number' ? boundsText(field.least, field.most, words) : '',
    field.kind === 'lines' ? said.lines : '',
    field.kind === 'json' ? said.asJson : '',
    field.kind === 'fixed' ? '' : said.isDefault(valueText(defaultValue, words)),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** "on", "none", "main, master". */
export function valueText(value: unknown, words: Words): string {
  const said = words.settingsPage;
  if (typeof value === 'boolean') return value ? said.on : said.off;
  const text = Array.isArray(value) ? linesOf(value).join(', ') : asText(value);
  return text === '' ? said.nothing : plainText(text);
}

function boundsText(least: number | null, most: number | null, words: Words): string {
  const said = words.settingsPage;
  if (least !== null && most !== null) return said.between(String(least), String(most));
  if (least !== null) return said.atLeast(String(least));
  return most === null ? '' : said.atMost(String(most));
}
