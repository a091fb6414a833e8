import { describe, expect, it } from 'vitest';

import { tabView } from '../../../../renderer/view/tab-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import { lowSnapshot, noBatterySnapshot } from '../../../e2e/example-snapshots.ts';
import { criticalSnapshot } from '../../../e2e/example-troubles.ts';

describe('browser tab', () => {
  it.each([
    [null, 'Meta-Orchestrator'],
    [lowSnapshot(), '✕ LOW 17\u202f%, features wait'],
    [noBatterySnapshot(), '● FULL, features go'],
    [criticalSnapshot(), '✕ CRITICAL 3\u202f%, halted'],
  ])('glances like the tray', (snapshot, title) => {
    expect(tabView(snapshot, words).title).toBe(title);
  });

  it('draws its icon as a picture the content policy allows', () => {
    expect(tabView(lowSnapshot(), words).iconUrl).toMatch(/^data:image\/svg\+xml,%3Csvg/);
  });
});
