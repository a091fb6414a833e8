import type { Snapshot } from '../../shared/contract/state.ts';
import { consoleBlock } from '../../shared/view/console-block.ts';
import { statusLine, statusScreen, worstVerdict } from '../../shared/view/status-line.ts';
import type { Command } from '../command.ts';
import { askCore, errorText } from '../core-client.ts';
import { EXIT } from '../exit-codes.ts';
import { flags, oneOf } from '../flags.ts';
import { localIsoText } from '../local-time.ts';

const FORMATS = ['text', 'json', 'waybar', 'tmux', 'starship', 'classic'] as const;
type Format = (typeof FORMATS)[number];

const HELP = `orch status [--format ${FORMATS.join('|')}]: what may go now

  text (default) is one screen; waybar, tmux and starship are one line for a status bar; classic is the block that
  \`orch daemon\` prints. --json is --format json.
`;

export const status: Command = async (argv, io) => {
  const { values } = flags(argv, { format: { type: 'string' }, json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const format = values.json === true ? 'json' : oneOf(values.format ?? 'text', FORMATS, '--format');
  const reply = await askCore(io.places, 'GET', '/v1/state');
  if (!reply.reached || reply.status !== 200) {
    const why = reply.reached ? errorText(reply.body) : reply.why;
    if (format === 'json') io.out(`${JSON.stringify({ schemaVersion: 1, error: why })}\n`);
    else if (format === 'waybar')
      io.out(`${JSON.stringify({ text: '?', tooltip: why, class: 'unknown' })}\n`);
    io.err(`orch: ${why}. Start it with \`orch daemon\` or from the desktop.\n`);
    return EXIT.unknown;
  }
  io.out(
    format === 'json' ? `${reply.body}\n` : rendered(JSON.parse(reply.body) as Snapshot, format, io.nowMs()),
  );
  return EXIT.ok;
};

function rendered(snapshot: Snapshot, format: Exclude<Format, 'json'>, nowMs: number): string {
  switch (format) {
    case 'text':
      return statusScreen(snapshot);
    case 'classic':
      return consoleBlock(snapshot, localIsoText(nowMs));
    case 'waybar': {
      const classes = [snapshot.energy.level.toLowerCase(), worstVerdict(snapshot)];
      return `${JSON.stringify({ text: statusLine(snapshot), tooltip: snapshot.energy.why, class: classes })}\n`;
    }
    case 'tmux':
    case 'starship':
      return `${statusLine(snapshot)}\n`;
  }
}
