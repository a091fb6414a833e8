import type { WellbeingReply } from '../../shared/contract/requests.ts';
import { WELLBEING_TAGS } from '../../shared/contract/vocabulary.ts';
import type { Command } from '../command.ts';
import { answerFromCore } from '../core-answer.ts';
import { EXIT } from '../exit-codes.ts';
import { durationMs, flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch wellbeing [N] [--tag TAG]... [--for 8h]: your own capacity, 0 to 100

  --tag TAG  ${WELLBEING_TAGS.join(', ')}; each takes something off the number
  --for D    how long it holds, at most 24h (default 12h)

Without N: what counts now. Private: it stays on this machine, and alone it never stops a fix.
`;

export const wellbeing: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, {
    tag: { type: 'string', multiple: true },
    for: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [number] = positionals;
  const answer =
    number === undefined
      ? await answerFromCore<WellbeingReply>(io, 'GET', '/v1/wellbeing')
      : await answerFromCore<WellbeingReply>(io, 'PUT', '/v1/wellbeing', {
          value: numberFrom(number),
          tags: values.tag ?? [],
          ...(values.for === undefined ? {} : { forHours: durationMs(values.for, '--for') / 3_600_000 }),
        });
  if (!answer.ok) return answer.exitCode;
  const { value, tags, effective } = answer.value;
  if (values.json === true) io.out(`${JSON.stringify({ schemaVersion: 1, ...answer.value })}\n`);
  else if (value === null) io.out(`${effective} (neutral, nothing is set)\n`);
  else io.out(`${effective}${tags.length === 0 ? '' : ` (set to ${value}, ${tags.join(', ')})`}\n`);
  return EXIT.ok;
};

function numberFrom(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value))
    throw new UsageError(`a number from 0 to 100 is needed, not "${text}"`);
  return value;
}
