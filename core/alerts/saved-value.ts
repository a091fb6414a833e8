import type { RecordStore } from '../history/record.ts';
import type { Clock } from '../clock.ts';

/** One value of ours in the record, as JSON; written only when it changed. */
export interface SavedValue<T> {
  get(): T;
  set(value: T): void;
}

/** A text that is not ours, or of an older form, counts as `first`. A record that cannot be written harms nothing now. */
export function createSavedValue<T extends object>(
  key: string,
  first: T,
  parts: {
    readonly clock: Pick<Clock, 'wallMs'>;
    readonly record: Pick<RecordStore, 'control' | 'setControl'>;
    readonly onFault: (error: unknown) => void;
  },
): SavedValue<T> {
  let value = restored(parts.record.control(key), first);
  let text = JSON.stringify(value);
  return {
    get: () => value,
    set(next) {
      value = next;
      const nextText = JSON.stringify(next);
      if (nextText === text) return;
      text = nextText;
      try {
        parts.record.setControl(key, nextText, parts.clock.wallMs());
      } catch (error) {
        parts.onFault(error);
      }
    },
  };
}

function restored<T extends object>(text: string | null, first: T): T {
  if (text === null) return first;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? { ...first, ...(parsed as Partial<T>) }
      : first;
  } catch {
    return first;
  }
}
