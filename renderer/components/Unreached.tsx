import { words } from '../words/words.ts';
import { QuietRing } from './QuietRing.tsx';

/** The core never answered since the page was opened. */
export function Unreached(props: { onRetry: () => void }) {
  return (
    <main className="alone">
      <QuietRing />
      <h1>{words.lost.neverTitle}</h1>
      <p>{words.lost.never}</p>
      <p className="quiet">
        {words.lost.hint} <code>{words.lost.command}</code>.
      </p>
      <button type="button" className="button" onClick={props.onRetry}>
        {words.lost.retry}
      </button>
    </main>
  );
}
