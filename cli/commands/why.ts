import type { Decision } from '../../shared/contract/decision.ts';
import type { Command } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch why <decision-id>: what a gate was told, and on what grounds
`;

export const why: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, { json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [id] = positionals;
  if (id === undefined) throw new UsageError('which decision? `orch gate --json` gives its id');
  const answer = await answerFromCore<Decision>(io, 'GET', `/v1/kept-decisions/${encodeURIComponent(id)}`);
  if (!answer.ok) return answer.exitCode;
  io.out(
    values.json === true ? `${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n` : text(answer.value),
  );
  return EXIT.ok;
};

function text(decision: Decision): string {
  const lines = [`${decision.verdict} ${decision.project} ${decision.change}, decided ${decision.decidedAt}`];
  for (const reason of decision.reasons)
    lines.push(`  ${reason.verdict.padEnd(8)} ${reason.text}  [${reason.code}]`);
  if (decision.cheapestWayToPass !== null) lines.push(`  To pass: ${decision.cheapestWayToPass}`);
  const ages = Object.entries(decision.ages).map(([what, s]) => `${what} ${s === null ? 'never' : `${s} s`}`);
  lines.push(`  Level ${decision.level}, mode ${decision.operatingMode}; ages: ${ages.join(', ')}`);
  lines.push(`  Inputs ${decision.inputsHash}`);
  return `${lines.join('\n')}\n`;
}
