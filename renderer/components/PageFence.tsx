import { Component } from 'react';
import type { ReactNode } from 'react';

import { words } from '../words/words.ts';

/** A page that fails, or whose script cannot be had, takes nothing else with it. */
export class PageFence extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="page page-broken">
        <h1>{words.shell.brokenTitle}</h1>
        <p className="quiet">{words.shell.broken}</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          {words.shell.again}
        </button>
      </main>
    );
  }
}
