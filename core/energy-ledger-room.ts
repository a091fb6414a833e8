import { createEnergyLedger, type EnergyLedger } from './energy-ledger.ts';
import type { Room, RoomContext } from './room.ts';

/** Counts the energy of each day from snapshot to snapshot, and this process's own part of it. */
export function createEnergyLedgerRoom(
  context: Pick<RoomContext, 'clock' | 'record' | 'core'>,
): Room & Pick<EnergyLedger, 'days'> {
  const { clock, record, core } = context;
  const ledger = createEnergyLedger({
    clock,
    store: record,
    totals: () => core.account.totals(),
    draw: () => core.account.draw(),
    cpuTimeMs() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
  });
  return {
    take: () => ledger.count(),
    stop() {
      ledger.count();
      ledger.keep();
    },
    days: (query) => ledger.days(query),
  };
}
