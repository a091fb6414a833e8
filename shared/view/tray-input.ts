import type { Snapshot } from '../contract/state.ts';

/** What the shell itself is told on this desktop; everything about power and projects is the core's. */
export interface DesktopSettings {
  /** The desktop starts the shell with the session. */
  readonly startAtLogin: boolean;
  /** A window opens with each start, not only the tray icon. */
  readonly openAtStart: boolean;
  /** The window that a start opens. */
  readonly startWindow: 'compact' | 'wide';
  /** Show an icon in the tray; without it the window carries the menu. */
  readonly tray: boolean;
}

export interface TrayInput {
  readonly snapshot: Snapshot | null;
  readonly connection: 'connected' | 'connecting' | 'lost';
  /** Seconds since the core was last heard; only while it is lost. */
  readonly lostForSeconds?: number;
  /** Unix milliseconds; what counts down is told as of the snapshot without it. */
  readonly nowMs?: number;
  /** Where the core runs: the shell's own process, or another one. Left out where nobody asked. */
  readonly core?: { readonly where: 'here' } | { readonly where: 'service'; readonly pid: number };
  /** Left out where there is nothing to set. */
  readonly settings?: DesktopSettings;
}
