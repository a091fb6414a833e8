import type { Snapshot } from '../shared/contract/state.ts';
import type { EnergyLedger } from './energy-ledger.ts';
import { createEnergyLedgerRoom } from './energy-ledger-room.ts';
import type { Room, RoomContext } from './room.ts';

/** The rooms that live from snapshot to snapshot, as one. */
export interface Rooms {
  /** What they add to a judged snapshot before it is published. */
  complete(judged: Snapshot): Pick<Snapshot, 'alerts' | 'jobs' | 'sync'>;
  take(snapshot: Snapshot): void;
  start(): void;
  stop(): Promise<void>;
  readonly energyLedger: Pick<EnergyLedger, 'days'>;
}

/** Builds every room and decides nothing. A room that fails is reported and harms no other. */
export function createRooms(context: RoomContext): Rooms {
  const energyLedger = createEnergyLedgerRoom(context);
  const rooms: readonly Room[] = [energyLedger];

  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      context.onFault(error);
    }
  };

  return {
    energyLedger,
    complete: () => ({ alerts: [], jobs: [], sync: {} }),
    take(snapshot) {
      for (const room of rooms) guarded(() => room.take?.(snapshot));
    },
    start() {
      for (const room of rooms) guarded(() => room.start?.());
    },
    async stop() {
      const ends = await Promise.allSettled(rooms.map(async (room) => room.stop?.()));
      for (const end of ends) if (end.status === 'rejected') context.onFault(end.reason);
    },
  };
}
