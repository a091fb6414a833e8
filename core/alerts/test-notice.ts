import type { NoticeDraft } from '../../shared/alerts/notice-draft.ts';
import { ALERT_CHANNELS } from '../../shared/contract/vocabulary.ts';

/** What a test button sends: critical, so that no floor keeps it. */
export function testNotice(atMs: number): NoticeDraft {
  return {
    id: `test-${atMs.toString(36)}`,
    kind: 'test',
    atMs,
    replaces: 'test',
    silent: false,
    parts: [
      {
        id: 'test',
        code: 'test',
        severity: 'critical',
        title: 'A test notice',
        text: 'Notices arrive here. Nothing is wrong.',
        outsideText: null,
        project: null,
        sinceMs: atMs,
        channels: ALERT_CHANNELS,
        tag: 'test',
        isNews: true,
        isOver: false,
      },
    ],
  };
}
