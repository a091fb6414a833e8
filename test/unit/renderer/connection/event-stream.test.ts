import { describe, expect, it } from 'vitest';

import { createEventStreamParser } from '../../../../renderer/connection/event-stream.ts';

const TEXT = 'retry: 1000\n\n:\n\nid: 7\nevent: snapshot\ndata: {"a":1}\n\ndata: one\ndata: two\n\n';
const EVENTS = [
  { name: 'snapshot', data: '{"a":1}', id: '7' },
  { name: 'message', data: 'one\ntwo', id: '7' },
];

describe('event stream parser', () => {
  it('gives events, and nothing for comments and retry lines', () => {
    expect(createEventStreamParser().push(TEXT)).toEqual(EVENTS);
  });

  it.each(['\n', '\r\n', '\r'])('gives the same however the text is cut, with line ends %j', (end) => {
    const text = `${TEXT.replaceAll('\n', end)}:${end}`;
    for (let size = 1; size <= text.length; size += 1) {
      const parser = createEventStreamParser();
      const events = [];
      for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)));
      expect(events).toEqual(EVENTS);
    }
  });

  it('holds an event back until its empty line came', () => {
    const parser = createEventStreamParser();
    expect(parser.push('event: snapshot\ndata: {"a"')).toEqual([]);
    expect(parser.push(':1}\n')).toEqual([]);
    expect(parser.push('\n')).toEqual([{ name: 'snapshot', data: '{"a":1}', id: null }]);
  });

  it('takes one space away after the colon and no more', () => {
    expect(
      createEventStreamParser()
        .push('data:a\n\ndata:  b\n\n')
        .map((event) => event.data),
    ).toEqual(['a', ' b']);
  });

  it('does not let an event inherit the name of the one before', () => {
    const events = createEventStreamParser().push('event: alert\ndata: 1\n\nevent: job\n\ndata: 2\n\n');
    expect(events.map((event) => event.name)).toEqual(['alert', 'message']);
  });
});
