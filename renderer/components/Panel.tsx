import type { ReactNode } from 'react';

import { Chevron } from './Signs.tsx';

interface PanelProps {
  readonly title: string;
  /** The panel in a few words, beside its title. */
  readonly summary: string;
  /** Wide pages show it whole; the tray window folds it away. */
  readonly wide: boolean;
  /** Whether the tray window shows it unfolded. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, summary, wide, open = false, children }: PanelProps) {
  const heading = (
    <>
      <h2>{title}</h2>
      <span className="panel-summary">{summary}</span>
      {!wide && <Chevron />}
    </>
  );
  if (wide) {
    return (
      <section className="panel" aria-label={title}>
        <div className="panel-head">{heading}</div>
        {children}
      </section>
    );
  }
  return (
    <details className="panel" open={open}>
      <summary className="panel-head">{heading}</summary>
      {children}
    </details>
  );
}
