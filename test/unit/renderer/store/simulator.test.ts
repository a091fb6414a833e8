import { beforeEach, describe, expect, it } from 'vitest';

import { createSimulator } from '../../../../renderer/store/simulator.ts';
import type { Simulator } from '../../../../renderer/store/simulator.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import type { FakeClock } from '../../../fakes/fake-clock.ts';

describe('simulator', () => {
  let clock: FakeClock;
  let simulator: Simulator;
  let asked: string[];
  let answer: (path: string) => Promise<unknown>;

  beforeEach(() => {
    clock = fakeClock();
    asked = [];
    answer = (path) => Promise.resolve({ level: 'LOW', why: path, projects: [] });
    simulator = createSimulator({
      clock,
      ask: (path) => {
        asked.push(path);
        return answer(path);
      },
    });
  });
  const why = (): string => {
    const state = simulator.store.getState().answer;
    return state.kind === 'ready' ? state.value.why : state.kind;
  };

  it('asks at once when it opens, for that project alone', async () => {
    simulator.open('a b&c');
    await clock.advanceMs(0);
    expect(asked).toEqual(['/v1/simulate?percent=12&power=battery&project=a+b%26c']);
    expect(why()).toBe(asked[0]);
  });

  it('asks only where the slider rests', async () => {
    simulator.open('shop');
    for (const percent of [13, 14, 15, 16]) {
      simulator.set({ percent });
      await clock.advanceMs(100);
    }
    expect(asked).toHaveLength(1);
    await clock.advanceMs(250);
    expect(asked).toHaveLength(2);
    expect(why()).toContain('percent=16');
  });

  it('never shows an answer to a question that was changed meanwhile', async () => {
    const answers: ((value: unknown) => void)[] = [];
    answer = () => new Promise((resolve) => answers.push(resolve));
    simulator.open('shop');
    simulator.set({ power: 'ac' });
    await clock.advanceMs(250);
    answers[1]!({ level: 'FULL', why: 'new', projects: [] });
    await clock.advanceMs(0);
    answers[0]!({ level: 'LOW', why: 'old', projects: [] });
    await clock.advanceMs(0);
    expect(why()).toBe('new');
  });

  it('says when there was no answer, and asks again when told to', async () => {
    answer = () => Promise.reject(new Error('away'));
    simulator.open('shop');
    await clock.advanceMs(0);
    expect(why()).toBe('failed');
    answer = () => Promise.resolve({ level: 'LOW', why: 'here', projects: [] });
    simulator.retry();
    expect(why()).toBe('loading');
    await clock.advanceMs(0);
    expect(why()).toBe('here');
  });
});
