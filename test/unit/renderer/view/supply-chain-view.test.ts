import { describe, expect, it } from 'vitest';

import { supplyChainView } from '../../../../renderer/view/supply-chain-view.ts';
import { words } from '../../../../renderer/words/words.ts';
import type { EnergyState } from '../../../../shared/contract/energy.ts';
import { exampleAdapter, exampleEnergy, exampleSupply, exampleUps } from '../../../e2e/example-parts.ts';
import {
  fullSnapshot,
  noBatterySnapshot,
  upsSnapshot,
  weakChargerSnapshot,
} from '../../../e2e/example-snapshots.ts';
import { unknownSnapshot } from '../../../e2e/example-troubles.ts';

/** "wall:off -off-> battery:17 % -live 9.1 W-> ...": the picture as a line. */
function drawn(energy: EnergyState): string {
  return supplyChainView(energy, words)
    .map(({ kind, value, link }) =>
      link === null
        ? `${kind}:${value}`
        : `${kind}:${value} -${link.flow}${link.watts === null ? '' : ` ${link.watts}`}-> `,
    )
    .join('')
    .replaceAll('\u202f', ' ');
}

describe('supply chain picture', () => {
  it.each<readonly [name: string, energy: EnergyState, picture: string]>([
    [
      'on battery',
      exampleEnergy(),
      'wall:off -off-> adapter:off -off-> battery:17 % -live 9.1 W-> machine:on battery',
    ],
    [
      'charging',
      fullSnapshot().energy,
      'wall:on -live-> adapter:on -live 12.4 W-> battery:98 % -live-> machine:on mains',
    ],
    [
      'a charger too weak',
      weakChargerSnapshot().energy,
      'wall:on -live-> adapter:too weak -live-> battery:17 % -live 9.1 W-> machine:on mains',
    ],
    ['a desktop on mains', noBatterySnapshot().energy, 'wall:on -live-> machine:on mains'],
    [
      'a laptop behind a UPS on battery',
      upsSnapshot().energy,
      'wall:off -off-> ups:71 % -live-> adapter:on -live 22.5 W-> battery:43 % -live-> machine:on UPS',
    ],
    [
      'nothing readable',
      unknownSnapshot().energy,
      'wall:not known -unknown-> adapter:not known -unknown-> battery:unread -unknown-> machine:not known',
    ],
    [
      'a desktop behind a UPS on battery',
      {
        ...noBatterySnapshot().energy,
        onExternalPower: false,
        ups: [exampleUps({ onBattery: true, chargePercent: 60 })],
      },
      'wall:off -off-> ups:60 % -live-> machine:on UPS',
    ],
    [
      'a desktop behind a silent UPS',
      { ...noBatterySnapshot().energy, ups: [exampleUps({ problem: 'not answering for 17 s' })] },
      'wall:not known -unknown-> ups:silent -unknown-> machine:on mains',
    ],
    [
      'a UPS that feeds something else',
      { ...noBatterySnapshot().energy, ups: [exampleUps({ feedsThisMachine: false })] },
      'wall:on -live-> machine:on mains',
    ],
    [
      'one of two adapters online',
      exampleEnergy({
        level: 'FULL',
        onExternalPower: true,
        netPowerW: 0,
        supplies: [
          exampleAdapter(false),
          { ...exampleAdapter(true), name: 'ucsi', kind: 'usb' },
          exampleSupply(),
        ],
      }),
      'wall:on -live-> adapter:on -live-> battery:17 % -live-> machine:on mains',
    ],
  ])('%s', (_name, energy, picture) => {
    expect(drawn(energy)).toBe(picture);
  });

  it('tells what the machine takes on the arrow that leads to it, where that is known', () => {
    const draw = { powerW: 31.4, provenance: 'measured' } as const;
    const onMains = exampleEnergy({
      level: 'FULL',
      onExternalPower: true,
      netPowerW: 12,
      supplies: [exampleAdapter(true)],
    });
    const watts = supplyChainView(onMains, words, draw).map(({ link }) => link?.watts ?? null);
    expect(watts).toEqual([null, '12.0\u202fW', '31.4\u202fW', null]);
    const unknown = supplyChainView(onMains, words, { ...draw, provenance: 'unknown' });
    expect(unknown.at(-2)?.link?.watts).toBeNull();
  });
});
