import { openRecord } from '../../../../core/history/open-record.ts';
import { createSampleStore } from '../../../../core/history/sample-store.ts';

/**
 * Run as a child: writes ticks as fast as it can, from the one after the newest that is kept, and says each instant
 * on stdout once the store has acknowledged it.
 */
const [path = ''] = process.argv.slice(2);
const START_MS = Date.parse('2026-01-05T10:00:00Z');

const { record, database, problem } = await openRecord(path, START_MS);
if (database === null || problem !== null) throw new Error(problem ?? 'no database');
const store = createSampleStore(database);
// Half a minute apart on the clock of the data, so that buckets and hours end while it is being killed.
let atMs = (store.lastTickAtMs() ?? START_MS) + 30_000;
for (;;) {
  store.seal(atMs);
  store.keepTick(
    atMs,
    new Map([
      ['percent', atMs % 97],
      ['levelCode', 2],
      ['drawW', 9],
    ]),
  );
  // The audit is written beside, as in a core.
  record.setControl('newest', String(atMs), atMs);
  // A reader that is busy leaves words waiting in this process, which die with it: only what is out was acknowledged.
  await new Promise((resolve) => process.stdout.write(`${atMs}\n`, resolve));
  atMs += 30_000;
}
