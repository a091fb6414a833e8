import { describe, expect, it } from 'vitest';

import { createHistoryChoice, isChosen } from '../../../../renderer/store/history-choice.ts';

function storage(text: string | null = null) {
  const kept = new Map<string, string>(text === null ? [] : [['history-shown', text]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('history choice', () => {
  it('is as usual until a person chooses, and is remembered', () => {
    const kept = storage();
    const choice = createHistoryChoice(kept);
    expect(isChosen(choice.store.getState(), 'load', true)).toBe(true);
    choice.set('load', false);
    choice.set('forecast', true);
    const again = createHistoryChoice(kept).store.getState();
    expect([isChosen(again, 'load', true), isChosen(again, 'forecast', false)]).toEqual([false, true]);
  });

  it.each(['{', '5', 'null', '{"load":"no"}', '[]'])('takes nothing from %s', (text) => {
    expect(createHistoryChoice(storage(text)).store.getState()).toEqual({ chosen: {} });
  });

  it('still shows what was chosen where nothing can be kept', () => {
    const choice = createHistoryChoice({
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
    });
    choice.set('load', false);
    expect(choice.store.getState().chosen).toEqual({ load: false });
  });
});
