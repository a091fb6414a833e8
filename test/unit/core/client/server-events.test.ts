import { expect, it } from 'vitest';

import { createServerEventReader } from '../../../../core/client/server-events.ts';

const stream = 'retry: 1000\n\nid: 1\nevent: snapshot\ndata: {"a":1}\n\n:\n\ndata: x\r\ndata: y\r\n\r\n';
const events = [
  { name: 'snapshot', data: '{"a":1}', id: '1' },
  { name: 'message', data: 'x\ny' },
];

it('reads events and passes over heartbeats', () => {
  expect(createServerEventReader().push(stream)).toEqual(events);
});

it('does not mind where the pieces were cut', () => {
  for (let size = 1; size < 9; size += 1) {
    const reader = createServerEventReader();
    const found = stream.match(new RegExp(`[^]{1,${size}}`, 'g'))?.flatMap((piece) => reader.push(piece));
    expect(found).toEqual(events);
  }
});

it('gives up on a line without end', () => {
  const reader = createServerEventReader();
  reader.push('data: '.padEnd(16 * 1024 * 1024, 'x'));
  expect(() => reader.push('x')).toThrow('without end');
});
