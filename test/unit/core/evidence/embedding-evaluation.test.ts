import { describe, expect, it } from 'vitest';

import { embeddingReader } from '../../../../core/evidence/embedding-evaluation.ts';

function parsed(text: string, k = 10) {
  const work = embeddingReader(k).parse(text, 'searches.jsonl');
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
const line = (relevant: unknown, retrieved: unknown, query: unknown = 'where is it?'): string =>
  `${JSON.stringify({ query, relevant, retrieved })}\n`;

describe('embeddingReader', () => {
  it('judges each line, blank ones apart', () => {
    const text = `${line(['a'], ['a', 'b'])}\n${line(['b'], ['a', 'b'])}`;
    expect(parsed(text)).toMatchObject({ searches: 2, recall: 1, mrr: 0.75 });
    expect(parsed(text.trimEnd())).toMatchObject({ searches: 2 });
    expect(parsed(text.replaceAll('\n', '\r\n'))).toMatchObject({ searches: 2 });
  });

  it('takes numbers for ids, and an id that comes twice once', () => {
    expect(parsed(line([7], [3, '7']))).toMatchObject({ recall: 1, mrr: 0.5 });
    expect(parsed(line(['b', 'b'], ['a', 'a', 'b']), 2)).toMatchObject({ recall: 1, mrr: 0.5 });
  });

  it('looks at the first k', () => {
    expect(parsed(line(['c'], ['a', 'b', 'c']), 2)).toMatchObject({ recall: 0, ndcg: 0 });
  });

  it.each([
    ['', ':1 the file holds no search'],
    ['\n\n', ':1 the file holds no search'],
    [
      `${line(['a'], ['a'])}{"query":"x","rel`,
      ':2 "{"query":"x","rel" is not one object in JSON, the file may end too early',
    ],
    [`{"query":\n${line(['a'], ['a'])}`, ':1 "{"query":" is not one object in JSON'],
    ['[]\n', ':1 is not an object'],
    ['null\n', ':1 is not an object'],
    [line([], ['a']), ':1 relevant: is empty'],
    [line('a', ['a']), ':1 relevant: a list of ids'],
    [line(['a'], null), ':1 retrieved: a list of ids'],
    [line(['a'], [{ id: 'a' }]), ':1 retrieved[0]: a text or a whole number'],
    [line(['a'], [1.5]), ':1 retrieved[0]: a text or a whole number'],
    [line(['a'], ['']), ':1 retrieved[0]: a text'],
    [line(['a'], ['a'], 3), ':1 query: a text is expected'],
    [
      line(
        ['a'],
        Array.from({ length: 10_001 }, (_, at) => at),
      ),
      ':1 retrieved: 10001 ids, at most 10000',
    ],
    ['{"query":"x","relevant":["a"],"retrieved":[NaN]}\n', ':1 '],
  ])('refuses %j', (text, message) => {
    expect(() => parsed(text)).toThrow(message);
  });
});
