import type { CoreMethod } from '../core/client/core-request.ts';
import { wellbeingReplySchema } from '../shared/contract/requests.ts';
import type { DesktopSettings } from '../shared/view/tray-input.ts';
import type { PageTarget, TrayAct } from '../shared/view/tray-menu.ts';

export interface MenuActsParts {
  /** Asks the core. Throws with a sentence for the person. */
  readonly ask: (method: CoreMethod, path: string, body?: unknown) => Promise<unknown>;
  /** Null: the window as it was left. */
  readonly open: (target: PageTarget | null) => void;
  readonly host: () => void;
  readonly quit: () => void;
  /** Throws when it cannot be kept. */
  readonly set: (change: Partial<DesktopSettings>) => void;
  /** Tells the person that something was not done. */
  readonly onProblem: (text: string) => void;
}

/** Does what a line of the menu says, or says why not. */
export function createMenuActs(parts: MenuActsParts): (act: TrayAct) => void {
  const wellbeing = async (wanted: number | null): Promise<void> => {
    // What the person ticked for the day stays ticked.
    const now = wellbeingReplySchema.parse(await parts.ask('GET', '/v1/wellbeing'));
    const value = wanted ?? now.value ?? now.effective;
    await parts.ask('PUT', '/v1/wellbeing', { value, tags: now.tags });
  };
  const perform = async (act: TrayAct): Promise<void> => {
    switch (act.kind) {
      case 'open':
        parts.open(Object.values(act.target).every((part) => part === null) ? null : act.target);
        break;
      case 'host':
        parts.host();
        break;
      case 'quit':
        parts.quit();
        break;
      case 'set':
        parts.set(act.change);
        break;
      case 'wellbeing':
        await wellbeing(act.value);
        break;
      case 'ask':
        for (const { method, path, body } of act.requests) {
          await parts.ask(method, path, body ?? undefined);
        }
    }
  };
  return (act) => {
    perform(act).catch((error: unknown) =>
      parts.onProblem(error instanceof Error ? error.message : String(error)),
    );
  };
}
