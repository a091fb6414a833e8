import { useState } from 'react';

import { Panel } from '../../components/Panel.tsx';
import { Chevron } from '../../components/Signs.tsx';
import { words } from '../../words/words.ts';

const { share: said } = words.doctorPage;

/** The findings as text for others, to be looked at before it is sent anywhere. */
export function ShareText({ text, wide }: { text: string; wide: boolean }) {
  const [isShown, setShown] = useState(false);
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // No permission, or no clipboard at all: the person can still take it by hand.
      setOutcome('failed');
      setShown(true);
    }
  };
  return (
    <Panel title={said.name} summary="" wide={wide} open>
      <p className="quiet small">{said.hint}</p>
      <div className="doctor-share">
        <button type="button" className="button" onClick={() => void copy()}>
          {said.copy}
        </button>
        <span role="status">{outcome === null ? '' : said[outcome]}</span>
      </div>
      <details open={isShown} onToggle={(event) => setShown(event.currentTarget.open)}>
        <summary className="doctor-more quiet small">
          <Chevron />
          {said.show}
        </summary>
        <pre className="doctor-text small" tabIndex={0} role="region" aria-label={said.text}>
          {text}
        </pre>
      </details>
    </Panel>
  );
}
