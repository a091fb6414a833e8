/** One server-sent event with data; comments (heartbeats) give none. */
export interface ServerEvent {
  readonly name: string;
  readonly data: string;
  /** What to come back with for what is missed; left out where the stream named none. */
  readonly id?: string;
}

/** More than any snapshot: a stream that never ends a line is not ours. */
const MAX_PENDING_CHARACTERS = 16 * 1024 * 1024;

/**
 * Reads `text/event-stream` piece by piece: `push` takes the next text, however it was cut, and returns the
 * events it completed. Throws on a line that never ends.
 */
export function createServerEventReader(): { push(text: string): readonly ServerEvent[] } {
  let pending = '';
  let name = '';
  let data: string[] = [];
  let id: string | null = null;

  return {
    push(text) {
      const lines = (pending + text).split(/\r?\n/);
      pending = lines.pop() ?? '';
      if (pending.length > MAX_PENDING_CHARACTERS)
        throw new Error('The event stream sent a line without end.');
      const events: ServerEvent[] = [];
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) {
            const told = { name: name === '' ? 'message' : name, data: data.join('\n') };
            events.push(id === null ? told : { ...told, id });
          }
          name = '';
          data = [];
          id = null;
        } else if (line.startsWith('id:')) id = line.slice(3).trim();
        else if (line.startsWith('event:')) name = line.slice(6).trim();
        else if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      }
      return events;
    },
  };
}
