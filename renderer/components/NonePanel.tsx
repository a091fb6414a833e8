import type { Loaded } from '../store/loaded.ts';
import { Answer } from './Answer.tsx';
import { Prose } from './Prose.tsx';

interface NonePanelProps {
  readonly answer: Loaded<unknown>;
  readonly onRetry: () => void;
  /** What it means that there is nothing, and how to begin. */
  readonly none: { readonly title: string; readonly text: string };
}

/** In place of what a page shows: it is on its way, not to be had, or there is none. */
export function NonePanel({ answer, onRetry, none }: NonePanelProps) {
  return (
    <div className="panel none-panel">
      <Answer answer={answer} onRetry={onRetry}>
        {() => (
          <>
            <h2>{none.title}</h2>
            <p className="quiet">
              <Prose text={none.text} />
            </p>
          </>
        )}
      </Answer>
    </div>
  );
}
