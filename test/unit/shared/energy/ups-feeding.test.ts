import { describe, expect, it } from 'vitest';

import type { UpsReading } from '../../../../shared/contract/energy.ts';
import { UNKNOWN_UPS } from '../../../../shared/energy/ups-facts.ts';
import { markFeedingUps } from '../../../../shared/energy/ups-feeding.ts';

const ups = (name: string): UpsReading => ({
  ...UNKNOWN_UPS,
  name,
  source: 'nut',
  feedsThisMachine: false,
  problem: null,
  readAt: null,
});
const feeding = (readings: readonly UpsReading[], wanted: string | null) =>
  markFeedingUps(readings, wanted)
    .filter((reading) => reading.feedsThisMachine)
    .map((reading) => reading.name);

describe('which UPS feeds this machine', () => {
  const two = [ups('rack@127.0.0.1'), ups('desk@10.0.0.5:4000')];

  it('is the only one', () => {
    expect(feeding([ups('rack@127.0.0.1')], null)).toEqual(['rack@127.0.0.1']);
  });

  it('is not guessed among several', () => {
    expect(feeding(two, null)).toEqual([]);
  });

  it('is the named one, with or without the default port', () => {
    expect(feeding(two, 'rack@127.0.0.1')).toEqual(['rack@127.0.0.1']);
    expect(feeding(two, 'rack@127.0.0.1:3493')).toEqual(['rack@127.0.0.1']);
    expect(feeding(two, 'desk@10.0.0.5:4000')).toEqual(['desk@10.0.0.5:4000']);
  });

  it('is none when the named one is not there, even when there is only one', () => {
    expect(feeding([ups('rack@127.0.0.1')], 'desk@127.0.0.1')).toEqual([]);
    expect(feeding(two, 'desk@10.0.0.5')).toEqual([]);
  });
});
