import { spawn } from 'node:child_process';

import type { Command } from '../command.ts';
import { askCore, errorText } from '../core-client.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';

const HELP = `orch open [--print]: opens the dashboard in the browser with a one-time sign-in link

  --print  only print the link
`;

export const open: Command = async (argv, io) => {
  const { values } = flags(argv, { print: { type: 'boolean' }, json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const reply = await askCore(io.places, 'POST', '/v1/sign-in-codes', {});
  if (!reply.reached) {
    io.err(`orch: ${reply.why}. Start it with \`orch daemon\` or from the desktop.\n`);
    return EXIT.unknown;
  }
  if (reply.status !== 200) {
    io.err(`orch: ${errorText(reply.body)}\n`);
    return EXIT.block;
  }
  const { url, expiresAt } = JSON.parse(reply.body) as { url: string; expiresAt: string };
  if (values.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, url, expiresAt })}\n`);
  else io.out(`${url}\n`);
  if (values.print === true || values.json === true) return EXIT.ok;
  return (await started(opener(process.platform), url)) ? EXIT.ok : noBrowser(io);
};

function opener(platform: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}

async function started([program, ...args]: readonly [string, ...string[]], url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function noBrowser(io: { err(text: string): void }): number {
  io.err('orch: no browser could be started; open the link above on this machine.\n');
  return EXIT.block;
}
