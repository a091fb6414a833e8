import { expect, it } from 'vitest';

import { createLiveScreen } from '../../../cli/live-screen.ts';
import type { Terminal } from '../../../cli/terminal.ts';
import type { ScreenLine } from '../../../shared/view/watch-screen.ts';

function recordingTerminal(): Terminal & { written: string[]; isReleased: boolean } {
  const terminal = {
    written: [] as string[],
    isReleased: false,
    size: () => ({ columns: 80, rows: 24 }),
    write: (text: string) => void terminal.written.push(text),
    onResize: () => undefined,
    onKey: () => undefined,
    release: () => void (terminal.isReleased = true),
  };
  return terminal;
}

function line(text: string): ScreenLine {
  return [{ text, ink: 'block' }];
}

it('writes only the lines that changed, and nothing when none did', () => {
  const terminal = recordingTerminal();
  const screen = createLiveScreen(terminal, false);
  screen.paint([line('one'), line('two'), line('three')]);
  terminal.written.length = 0;
  screen.paint([line('one'), line('TWO'), line('three')]);
  expect(terminal.written).toHaveLength(1);
  expect(terminal.written[0]).toContain('TWO');
  expect(terminal.written[0]).not.toContain('one');
  screen.paint([line('one'), line('TWO'), line('three')]);
  expect(terminal.written).toHaveLength(1);
});

it('writes everything again after the window changed its size', () => {
  const terminal = recordingTerminal();
  const screen = createLiveScreen(terminal, false);
  screen.paint([line('one')]);
  screen.forget();
  terminal.written.length = 0;
  screen.paint([line('one')]);
  expect(terminal.written.join('')).toContain('one');
});

it('leaves the terminal as it was: cursor, wrapping, the lines before, the keys', () => {
  const terminal = recordingTerminal();
  const screen = createLiveScreen(terminal, true);
  expect(terminal.written.join('')).toContain('\u001b[?1049h');
  terminal.written.length = 0;
  screen.leave();
  expect(terminal.written.join('')).toBe('\u001b[?7h\u001b[?25h\u001b[?1049l');
  expect(terminal.isReleased).toBe(true);
});

it('takes colours away where they are not wanted', () => {
  for (const hasColour of [true, false]) {
    const terminal = recordingTerminal();
    createLiveScreen(terminal, hasColour).paint([line('stop')]);
    expect(terminal.written.join('').includes('\u001b[1;31mstop\u001b[0m')).toBe(hasColour);
  }
});
