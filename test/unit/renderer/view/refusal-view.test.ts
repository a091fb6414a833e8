import { describe, expect, it } from 'vitest';

import { RefusedError } from '../../../../renderer/connection/core-requests.ts';
import { refusalOf } from '../../../../renderer/view/refusal-view.ts';
import { words } from '../../../../renderer/words/words.ts';

describe('why something was not done', () => {
  it('is the sentence of the core at the field it names, the name told once', () => {
    const error = new RefusedError(422, 'reason: must say why', 'reason');
    expect(refusalOf(error, words)).toEqual({ field: 'reason', text: 'Must say why.' });
  });

  it('is the whole sentence where no field is named', () => {
    const error = new RefusedError(429, 'Too many requests that act; wait a second.', null);
    expect(refusalOf(error, words)).toEqual({
      field: null,
      text: 'Too many requests that act; wait a second.',
    });
  });

  it('says that the core did not answer, without its own error text', () => {
    expect(refusalOf(new TypeError('Failed to fetch'), words).text).toBe(
      'Not done: the core did not answer. Try again.',
    );
  });
});
