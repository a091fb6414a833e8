import { expect, it } from 'vitest';

import { createAsked } from '../../../../renderer/store/asked.ts';

interface Question {
  readonly path: string;
  answer(value: unknown): void;
  refuse(): void;
}

function asking(): { questions: Question[]; asked: ReturnType<typeof createAsked> } {
  const questions: Question[] = [];
  const asked = createAsked(
    (path) =>
      new Promise((resolve, reject) => {
        questions.push({ path, answer: resolve, refuse: () => reject(new Error('refused')) });
      }),
  );
  return { questions, asked };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('keeps the newest answer, whichever order they come in', async () => {
  const { questions, asked } = asking();
  asked.read('/one');
  asked.read('/two');
  questions[1]!.answer('two');
  questions[0]!.answer('one');
  await settled();
  expect(asked.store.getState()).toEqual({ answer: { kind: 'ready', value: 'two' }, isAsking: false });
});

it('keeps what it knew while the same is asked again, and when that is refused', async () => {
  const { questions, asked } = asking();
  asked.read('/one');
  questions[0]!.answer('old');
  await settled();
  asked.again();
  expect(asked.store.getState()).toEqual({ answer: { kind: 'ready', value: 'old' }, isAsking: true });
  questions[1]!.refuse();
  await settled();
  expect(asked.store.getState()).toEqual({ answer: { kind: 'ready', value: 'old' }, isAsking: false });
});

it('forgets the answer to another question', async () => {
  const { questions, asked } = asking();
  asked.read('/one');
  questions[0]!.answer('one');
  await settled();
  asked.read('/two');
  expect(asked.store.getState().answer.kind).toBe('loading');
});

it('says that it failed, and waits again when asked again', async () => {
  const { questions, asked } = asking();
  asked.again();
  expect(questions).toEqual([]);
  asked.read('/one');
  questions[0]!.refuse();
  await settled();
  expect(asked.store.getState().answer.kind).toBe('failed');
  asked.again();
  expect(asked.store.getState().answer.kind).toBe('loading');
});
