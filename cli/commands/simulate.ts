import { createCore } from '../../core/core.ts';
import { openRecord } from '../../core/history/open-record.ts';
import { productFiles } from '../../core/product-files.ts';
import { systemClock } from '../../core/system-clock.ts';
import {
  simulateQuerySchema,
  type SimulateQuery,
  type SimulateReply,
} from '../../shared/contract/requests.ts';
import { verdictPhrase } from '../../shared/view/verdict-words.ts';
import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import type { Command, CommandIo } from '../command.ts';
import { askCore, errorText } from '../core-client.ts';
import { EXIT } from '../exit-codes.ts';
import { flags, oneOf } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch simulate [--percent N] [--power ac|battery] [--project P]...: what would happen then?

  --percent N      charge of the battery, 0 to 100; on battery unless --power says otherwise
  --power P        ac or battery
  --project P      only this project; may be given several times

The same rules as for real, with everything else as it is now. Needs no running core.
`;

export const simulate: Command = async (argv, io) => {
  const { values } = flags(argv, {
    percent: { type: 'string' },
    power: { type: 'string' },
    project: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const query: SimulateQuery = {};
  if (values.percent !== undefined) query.percent = percentFrom(values.percent);
  if (values.power !== undefined) query.power = oneOf(values.power, ['ac', 'battery'], '--power');
  const reply = (await fromCore(query, io)) ?? (await fromHere(query, io));
  if (reply === null) return EXIT.usage;
  const wanted = values.project ?? reply.projects.map(({ id }) => id);
  const unknown = wanted.find((id) => !reply.projects.some((project) => project.id === id));
  if (unknown !== undefined)
    throw new UsageError(`no project "${unknown}"; \`orch project list\` names them`);
  const shown = { ...reply, projects: reply.projects.filter(({ id }) => wanted.includes(id)) };
  io.out(values.json === true ? `${JSON.stringify({ schemaVersion: 1, ...shown })}\n` : text(shown));
  return EXIT.ok;
};

function percentFrom(given: string): number {
  const parsed = simulateQuerySchema.shape.percent.safeParse(given);
  if (!parsed.success || given.trim() === '')
    throw new UsageError(`--percent must be 0 to 100, not "${given}"`);
  return parsed.data ?? 0;
}

async function fromCore(query: SimulateQuery, io: CommandIo): Promise<SimulateReply | null> {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) parameters.set(key, String(value));
  const reply = await askCore(io.places, 'GET', `/v1/simulate?${parameters.toString()}`);
  if (!reply.reached) return null;
  if (reply.status !== 200) throw new UsageError(errorText(reply.body));
  return JSON.parse(reply.body) as SimulateReply;
}

/** Without a core: one round of our own that publishes nothing. */
async function fromHere(query: SimulateQuery, io: CommandIo): Promise<SimulateReply | null> {
  const { record } = await openRecord(io.places.historyPath, io.nowMs());
  const core = await createCore({
    record,
    clock: systemClock,
    chance: Math.random,
    places: io.places,
    env: io.env,
    platform: process.platform,
    version: io.version,
    files: productFiles(io.productDir),
    intervalMs: null,
    notes: () => [],
    publish: () => undefined,
    onFault: (error) => io.err(`orch: ${String(error)}\n`),
  });
  if (!('round' in core)) {
    for (const problem of core.problems) io.err(`${problem.text}\n`);
    return null;
  }
  try {
    return core.simulate(query, await core.round());
  } finally {
    await core.stop();
    record.close();
  }
}

function text(reply: SimulateReply): string {
  const lines = [`${reply.level}  ${reply.why}`];
  for (const { id, decisions } of reply.projects) {
    const phrases = CHANGE_TYPES.map((change) =>
      verdictPhrase(change, decisions[change]?.verdict ?? 'unknown'),
    );
    lines.push(`  ${id.padEnd(16)} ${phrases.join(' · ')}`);
    const blocked = decisions.feature;
    if (blocked?.bindingReason !== null && blocked !== undefined)
      lines.push(`  ${' '.repeat(16)} ${blocked.bindingReason}`);
  }
  return `${lines.join('\n')}\n`;
}
