import type { Announcement } from '../store/dashboard-store.ts';
import { levelView } from '../view/level-view.ts';
import { words } from '../words/words.ts';

/** Tells a screen reader of level changes and of a lost core; everything else stays quiet. */
export function Announcer(props: { announcement: Announcement | null }) {
  return (
    <p className="visually-hidden" role="status">
      {props.announcement === null ? '' : announcementText(props.announcement)}
    </p>
  );
}

function announcementText(announcement: Announcement): string {
  if (announcement.kind === 'lost') return words.lost.title;
  if (announcement.kind === 'back') return words.lost.back;
  const { phrase, why } = levelView(announcement.snapshot, words);
  return words.level.announce(phrase, why);
}
