import { createCoreLink } from '../../core/client/core-link.ts';
import { readEndpointFile } from '../../core/endpoint-file.ts';
import { systemClock } from '../../core/system-clock.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { statusLine } from '../../shared/view/status-line.ts';
import type { TrayInput } from '../../shared/view/tray-view.ts';
import { watchScreen } from '../../shared/view/watch-screen.ts';
import type { Command, CommandIo } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { createLiveScreen } from '../live-screen.ts';
import { localIsoText } from '../local-time.ts';
import type { Terminal } from '../terminal.ts';

const HELP = `orch watch [--json]: the live console

  Follows the running core, and finds it again after a restart. q or Ctrl-C ends it. Where the output is no terminal
  it prints one plain line whenever a level or a verdict changes. --json prints every snapshot, one object a line.
`;

/** The age on screen is told in steps of this. */
const AGE_STEP_MS = 1000;
const CTRL_C = '\u0003';

export const watch: Command = async (argv, io) => {
  const { values } = flags(argv, { json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (values.json === true) return follow(io, (snapshot) => `${JSON.stringify(snapshot)}\n`);
  if (io.terminal === null) return follow(io, changedLine(io));
  return show(io, io.terminal);
};

async function show(io: CommandIo, terminal: Terminal): Promise<number> {
  const screen = createLiveScreen(terminal, (io.env['NO_COLOR'] ?? '') === '');
  let seen: TrayInput = { snapshot: null, connection: 'connecting' };
  let takenAtMs = systemClock.monotonicMs();
  const paint = (): void => {
    const ageSeconds = (systemClock.monotonicMs() - takenAtMs) / 1000;
    const clockTime = localIsoText(io.nowMs()).slice(11, 19);
    screen.paint(watchScreen({ ...seen, ageSeconds, clockTime }, terminal.size()));
  };
  const link = createCoreLink({
    findEndpoint: () => readEndpointFile(io.places.endpointPath),
    clock: systemClock,
    onChange(state) {
      if (state.snapshot !== seen.snapshot) takenAtMs = systemClock.monotonicMs();
      seen = state;
      paint();
    },
  });
  const steps = setInterval(paint, AGE_STEP_MS);
  terminal.onResize(() => {
    screen.forget();
    paint();
  });
  const left = new AbortController();
  terminal.onKey((key) => {
    if (key === 'q' || key === CTRL_C) left.abort();
  });
  try {
    await io.stopped(left.signal);
  } finally {
    clearInterval(steps);
    void link.stop();
    screen.leave();
  }
  return EXIT.ok;
}

/** Prints what `lineOf` makes of each snapshot until the person stops it; a core that is away is told once. */
async function follow(io: CommandIo, lineOf: (snapshot: Snapshot) => string | null): Promise<number> {
  let last: Snapshot | null = null;
  let isLost = false;
  const link = createCoreLink({
    findEndpoint: () => readEndpointFile(io.places.endpointPath),
    clock: systemClock,
    onChange({ snapshot, connection }) {
      if (connection === 'lost' && !isLost) {
        io.err('orch: the core is not running. Start it with `orch daemon`; waiting for it.\n');
      }
      isLost = connection === 'lost';
      if (snapshot === null || snapshot === last) return;
      last = snapshot;
      const line = lineOf(snapshot);
      if (line !== null) io.out(line);
    },
  });
  try {
    await io.stopped();
  } finally {
    void link.stop();
  }
  return EXIT.ok;
}

function changedLine(io: CommandIo): (snapshot: Snapshot) => string | null {
  let before: string | null = null;
  return (snapshot) => {
    const { level, why } = snapshot.energy;
    const verdicts = snapshot.projects.map(({ decisions }) => Object.values(decisions).map((d) => d.verdict));
    const now = JSON.stringify([level, verdicts]);
    if (now === before) return null;
    before = now;
    return `${localIsoText(io.nowMs()).slice(0, 19)} ${statusLine(snapshot)} · ${why}\n`;
  };
}
