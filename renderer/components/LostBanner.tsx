import { words } from '../words/words.ts';
import { Warning } from './Signs.tsx';

interface LostBannerProps {
  /** Age of what is still shown. */
  readonly stateAge: string;
  readonly onRetry: () => void;
}

/** The core is away: how old the page is, and what to do. */
export function LostBanner({ stateAge, onRetry }: LostBannerProps) {
  return (
    <section className="lost" aria-label={words.lost.title}>
      <Warning />
      <div>
        <h2>{words.lost.title}</h2>
        <p>{words.lost.stateAge(stateAge)}</p>
        <p className="quiet">
          {words.lost.hint} <code>{words.lost.command}</code>.
        </p>
      </div>
      <button type="button" className="button" onClick={onRetry}>
        {words.lost.retry}
      </button>
    </section>
  );
}
