import type { SyncReply } from '../../../../shared/contract/sync.ts';
import { syncReplySchema } from '../../../../shared/contract/sync.ts';
import { manusHouse, standingAt, type ManusHouse } from '../../../fakes/manus-house.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** One house at a time, and what a test asks of it. */
export function createManusBench() {
  let house: ManusHouse | null = null;
  const open = async (...given: Parameters<typeof manusHouse>): Promise<ManusHouse> =>
    (house = await manusHouse(...given));
  const pass = async (ms: number): Promise<void> => {
    await house?.clock.advanceMs(0);
    for (let left = ms; left > 0; left -= MINUTE_MS) await house?.clock.advanceMs(Math.min(left, MINUTE_MS));
  };
  return {
    open,
    pass,
    view: (): SyncReply => syncReplySchema.parse(house?.room().desk.view()),
    trouble: (): unknown => house?.room().states()['manus'],
    titles: (): string[] => house?.manus.tasks.map(({ title }) => title) ?? [],
    /** With a status board that is there. */
    board: async (more: Parameters<typeof manusHouse>[0] = {}): Promise<ManusHouse> => {
      const at = await open({ createBoards: true, ...more });
      at.room().take(standingAt(80));
      await pass(3 * MINUTE_MS);
      return at;
    },
    house: () => house,
    close() {
      house?.remove();
      house = null;
    },
  };
}
