import { afterEach, expect, it } from 'vitest';

import { stateLine } from '../../shared/sync/state-line.ts';
import { manusHouse, standingAt, type ManusHouse } from '../fakes/manus-house.ts';
import type { ManusFault } from '../fakes/manus-server.ts';
import { randomFrom } from '../fakes/seeded-random.ts';

let house: ManusHouse | null = null;
afterEach(() => house?.remove());

const MINUTE_MS = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;
const DOWN: readonly ManusFault[] = ['reset', 'hang', 'error', 'reset-after', 'hang-after', 'error-after'];
const UP: readonly ManusFault[] = [...DOWN, 'rate'];

it('a week with the network down a third of the time: nothing twice, nothing lost, the title soon right', async () => {
  const random = randomFrom(20_260_105);
  const given = { createBoards: true, createFromCommits: true, dailyTaskBudget: 30, pollSeconds: 300 };
  house = await manusHouse(given, { seed: 3 });
  const { clock, manus } = house;
  let isDown = false;
  let untilMinute = 60;
  let downMinutes = 0;
  let recoveredMinute = -10;
  let snapshot = standingAt(80);
  const wanted: string[] = [];
  const late: string[] = [];
  let ambiguousCount = 0;
  let checkedCount = 0;
  manus.faultOf = (path) => {
    const faults = isDown ? DOWN : UP;
    const happens = isDown || random() < 0.02;
    const fault = happens ? (faults[Math.floor(random() * faults.length)] ?? null) : null;
    if (path === '/v2/task.create' && fault?.endsWith('-after') === true) ambiguousCount += 1;
    return fault;
  };
  const title = (): string => {
    const [project] = snapshot.projects;
    return project === undefined ? '' : stateLine(snapshot, project);
  };

  for (let minute = 0; minute < WEEK_MINUTES; minute += 1) {
    if (minute === untilMinute) {
      isDown = !isDown;
      // Half as long down as up.
      untilMinute = minute + 5 + Math.floor(random() * (isDown ? 115 : 240));
      if (!isDown) recoveredMinute = minute;
    }
    if (isDown) downMinutes += 1;
    const sinceRecovery = minute - recoveredMinute;
    if (sinceRecovery === 2 && !isDown) {
      checkedCount += 1;
      const [board] = manus.tasks.filter((task) => task.title.startsWith('shop:'));
      if (board?.title.startsWith(title()) !== true) late.push(`${minute}: ${board?.title ?? 'none'}`);
    }
    if (sinceRecovery >= 2 || isDown) {
      if (random() < 0.3)
        snapshot = standingAt(Math.ceil(random() * 100), random() < 0.5 ? 'allow' : 'block');
    }
    if (random() < 0.008) {
      const commit = wanted.length.toString(16).padStart(40, 'a');
      wanted.push(commit);
      const link = {
        project: 'shop',
        commit,
        task: 'new',
        patchId: null,
        source: 'hook',
        title: commit,
      } as const;
      house.room().commitTasks.link(link);
    }
    if (minute % 3000 === 2999) await house.restart();
    house.room().take(snapshot);
    await clock.advanceMs(MINUTE_MS);
  }
  isDown = false;
  for (let minute = 0; minute < 300; minute += 1) await clock.advanceMs(MINUTE_MS);

  expect(downMinutes / WEEK_MINUTES).toBeGreaterThan(0.28);
  expect(ambiguousCount).toBeGreaterThan(5);
  expect(checkedCount).toBeGreaterThan(30);
  expect(manus.overLimit).toEqual([]);
  expect(manus.invalid).toEqual([]);
  expect(late).toEqual([]);
  expect(wanted.length).toBeGreaterThan(50);
  for (const commit of wanted) {
    expect(manus.tasks.filter((task) => task.title.includes(commit)).map(() => commit)).toEqual([commit]);
  }
  expect(manus.tasks).toHaveLength(wanted.length + 1);
  const state = house.room().states()['manus'];
  expect(state).toMatchObject({ state: 'ok', queuedCount: 0, deadCount: 0 });
  expect(house.faults).toEqual([]);
  expect(house.room().desk.view().projects[0]?.asking).toEqual([]);
  // Ten thousand minutes are much work for a busy machine.
}, 240_000);
