import type { Snapshot } from '../../shared/contract/state.ts';
import { LEVEL_LOOKS } from '../../shared/view/level-colours.ts';
import { percentText } from '../../shared/view/quantities.ts';
import { VERDICT_WORDS } from '../../shared/view/verdict-words.ts';
import type { Words } from '../words/words.ts';
import { levelView } from './level-view.ts';
import { permissionOf } from './permission.ts';

export interface TabView {
  readonly title: string;
  /** A data URL of the tab's icon: the ring alone, with the permission's shape. */
  readonly iconUrl: string;
}

/** A browser tab glances like the tray icon: "✕ LOW 17 %". Without a snapshot the product's name. */
export function tabView(snapshot: Snapshot | null, words: Words): TabView {
  if (snapshot === null) return { title: words.product, iconUrl: iconUrl('UNKNOWN') };
  const { level, percent, batteryPresent } = snapshot.energy;
  const sign = VERDICT_WORDS[permissionOf(snapshot).verdict].character;
  const charge = batteryPresent && percent !== null ? ` ${percentText(percent)}` : '';
  const { phrase } = levelView(snapshot, words);
  return { title: `${sign} ${phrase.replace(level, `${level}${charge}`)}`, iconUrl: iconUrl(level) };
}

function iconUrl(level: Snapshot['energy']['level']): string {
  const look = LEVEL_LOOKS[level];
  const share = Math.round(look.ringShare * 100);
  const dash = look.dashed ? '7 5.5' : `${share} ${100 - share}`;
  const ring = 'cx="16" cy="16" r="12" fill="none" stroke-width="6" pathLength="100"';
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g transform="rotate(-90 16 16)">' +
    `<circle ${ring} stroke="#8B919C" stroke-opacity=".35"/>` +
    `<circle ${ring} stroke="${look.light}" stroke-dasharray="${dash}"/></g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
