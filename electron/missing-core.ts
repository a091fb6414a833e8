import type { Dialog } from 'electron';

import type { HostOutcome } from './core-host.ts';

export interface MissingCoreParts {
  /** Asks the person; `detail` says why, `canStay` whether leaving the question leaves something visible. */
  readonly ask: (detail: string, canStay: boolean) => Promise<'start' | 'leave'>;
  readonly host: () => Promise<HostOutcome>;
  readonly isTrayShown: () => boolean;
  readonly openWindow: () => void;
  readonly quit: () => void;
}

/**
 * What happens when a window is wanted and no core runs: the person may start one here. One question at a
 * time; without a tray "no" means quitting, since nothing else would be left to see.
 */
export function createMissingCore(parts: MissingCoreParts): { offer(): Promise<void> } {
  let isAsking = false;

  const talk = async (): Promise<void> => {
    let detail = 'Without it nothing can be judged. Start it here, or run: orch daemon';
    for (;;) {
      if ((await parts.ask(detail, parts.isTrayShown())) === 'leave') {
        if (!parts.isTrayShown()) parts.quit();
        return;
      }
      const outcome = await parts.host();
      if (outcome.kind !== 'failed') {
        parts.openWindow();
        return;
      }
      detail = `It could not be started here. ${outcome.why}`;
    }
  };

  return {
    async offer() {
      if (isAsking) return;
      isAsking = true;
      try {
        await talk();
      } finally {
        isAsking = false;
      }
    },
  };
}

/** The question itself, in the desktop's own dialog. */
export async function askToStart(
  dialog: Pick<Dialog, 'showMessageBox'>,
  detail: string,
  canStay: boolean,
): Promise<'start' | 'leave'> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Meta-Orchestrator',
    message: 'The core is not running.',
    detail,
    buttons: ['Start it here', canStay ? 'Close' : 'Quit'],
    cancelId: 1,
  });
  return response === 0 ? 'start' : 'leave';
}
