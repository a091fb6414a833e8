import type { Snapshot } from '../../shared/contract/state.ts';
import { alertsInOrder } from '../view/alert-view.ts';
import { plainText, sentence } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { Prose } from './Prose.tsx';
import { Warning } from './Signs.tsx';

const MOST_SHOWN = 4;

/** Open alerts, the gravest first, then what the product has to say about itself. Calm: no colour, no motion. */
export function Notices(props: { alerts: Snapshot['alerts']; notes: Snapshot['notes'] }) {
  const all = [
    ...alertsInOrder(props.alerts).map((alert) => ({
      key: `${alert.code}/${alert.project ?? ''}`,
      ...alert,
    })),
    ...props.notes.map((note, index) => ({ key: `${note.code}/${index}`, title: null, text: note.text })),
  ];
  if (all.length === 0) return null;
  return (
    <section className="notices" aria-label={words.notices.name}>
      <ul>
        {all.slice(0, MOST_SHOWN).map((notice) => (
          <li key={notice.key}>
            <Warning />
            <p>
              {notice.title !== null && <strong>{sentence(notice.title)} </strong>}
              <Prose text={plainText(notice.text)} />
            </p>
          </li>
        ))}
      </ul>
      {all.length > MOST_SHOWN && (
        <p className="quiet small">{words.notices.more(all.length - MOST_SHOWN)}</p>
      )}
    </section>
  );
}
