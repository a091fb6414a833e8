import type { Ink, ScreenLine } from '../shared/view/watch-screen.ts';
import type { Terminal } from './terminal.ts';

/** A full screen that is painted over and over without flicker; the shell's own lines come back at the end. */
export interface LiveScreen {
  /** Writes the lines that changed since the last time. */
  paint(lines: readonly ScreenLine[]): void;
  /** The window changed its size: the next painting writes everything. */
  forget(): void;
  leave(): void;
}

const ESC = '\u001b[';
/** The terminal's own 16 colours, which people have set to be readable on their background. */
const SGR: Readonly<Record<Ink, string>> = {
  plain: '',
  strong: '1',
  faint: '2',
  allow: '32',
  throttle: '33',
  block: '1;31',
  unknown: '35',
  CRITICAL: '1;31',
  LOW: '31',
  MEDIUM: '33',
  HIGH: '32',
  FULL: '34',
  UNKNOWN: '35',
};

export function createLiveScreen(terminal: Terminal, hasColour: boolean): LiveScreen {
  let painted: readonly string[] = [];
  // Other screen, no cursor, no wrapping.
  terminal.write(`${ESC}?1049h${ESC}?25l${ESC}?7l${ESC}2J`);

  const textOf = (line: ScreenLine): string =>
    line
      .map(({ text, ink }) => (hasColour && SGR[ink] !== '' ? `${ESC}${SGR[ink]}m${text}${ESC}0m` : text))
      .join('');

  return {
    paint(lines) {
      const next = lines.map(textOf);
      const changes = next.flatMap((text, row) =>
        text === painted[row] ? [] : [`${ESC}${row + 1};1H${text}${ESC}K`],
      );
      painted = next;
      // Shown at once by terminals that can hold a frame back; others ignore the marks.
      if (changes.length > 0) terminal.write(`${ESC}?2026h${changes.join('')}${ESC}?2026l`);
    },
    forget() {
      painted = [];
      terminal.write(`${ESC}2J`);
    },
    leave() {
      terminal.write(`${ESC}?7h${ESC}?25h${ESC}?1049l`);
      terminal.release();
    },
  };
}
