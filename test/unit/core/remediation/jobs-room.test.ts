import { expect, it } from 'vitest';

import { createEnergyAccount } from '../../../../core/energy-account.ts';
import { createMemoryRecord } from '../../../../core/history/memory-record.ts';
import { placesFrom } from '../../../../core/places.ts';
import { createJobsRoom } from '../../../../core/remediation/jobs-room.ts';
import type { RoomContext } from '../../../../core/room.ts';
import { configSchema } from '../../../../shared/contract/config.ts';
import { jobRequestSchema } from '../../../../shared/contract/job.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

it('keeps secrets of its environment out of the record, and a value like any word breaks nothing', () => {
  const clock = fakeClock();
  const record = createMemoryRecord();
  const room = createJobsRoom({
    clock,
    env: { DEPLOY_TOKEN: 'hunter2hunter2', PASSWORD_STORE_ENABLE_EXTENSIONS: 'true', API_KEY: 'null' },
    platform: 'linux',
    places: placesFrom({ ORCH_HOME: '/nowhere' }, 'linux', '/nowhere'),
    record,
    database: null,
    core: { account: createEnergyAccount(clock), entries: () => [] } as unknown as RoomContext['core'],
    config: () => configSchema.parse({}),
    announce: () => undefined,
    onFault(error) {
      throw error;
    },
  });
  room.desk.add(jobRequestSchema.parse({ command: ['deploy', '--key=hunter2hunter2'] }));
  expect(record.audits({ act: 'job-add', limit: 1 })[0]?.detail).toMatchObject({
    command: ['deploy', '--key=***'],
    needs: { minutes: null },
  });
});
