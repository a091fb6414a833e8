/** One server-sent event. `id` is the last one the stream gave, as the standard has it. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
  readonly id: string | null;
}

export interface EventStreamParser {
  /** Takes the next piece of text, however it was cut, and returns the events it completed. */
  push(text: string): StreamEvent[];
}

/** Reads `text/event-stream`. Comments (heartbeats) and `retry:` lines give no event. */
export function createEventStreamParser(): EventStreamParser {
  let rest = '';
  let name = '';
  let data: string[] = [];
  let id: string | null = null;

  const dispatch = (): StreamEvent | null => {
    const event =
      data.length === 0 ? null : { name: name === '' ? 'message' : name, data: data.join('\n'), id };
    name = '';
    data = [];
    return event;
  };
  const field = (line: string): void => {
    const colon = line.indexOf(':');
    const key = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (key === 'event') name = value;
    else if (key === 'data') data.push(value);
    else if (key === 'id' && !value.includes('\0')) id = value;
  };

  return {
    push(text) {
      const events: StreamEvent[] = [];
      rest += text;
      for (;;) {
        const end = /\r\n|\n|\r/.exec(rest);
        // A lone CR at the very end may be the first half of CRLF.
        if (end === null || (end[0] === '\r' && end.index === rest.length - 1)) return events;
        const line = rest.slice(0, end.index);
        rest = rest.slice(end.index + end[0].length);
        if (line !== '') field(line);
        else {
          const event = dispatch();
          if (event !== null) events.push(event);
        }
      }
    },
  };
}
