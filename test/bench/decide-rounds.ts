import { CHANGE_TYPES, ENERGY_LEVELS, type Profile } from '../../shared/contract/vocabulary.ts';
import type { Decision } from '../../shared/contract/decision.ts';
import { decide, type PolicyFacts } from '../../shared/policy/decide.ts';
import { evidence, facts, report, STAMP } from '../fakes/judged-project.ts';

/** Run by `decide.ts` in a process of its own: a core that has just started, and then goes on. */
export interface DecideRounds {
  /** The very first round: nothing is compiled yet. */
  readonly firstMs: number;
  /** The same in processor time of the thread that decides, which other work on the machine does not lengthen. */
  readonly firstProcessorMs: number;
  readonly laterMs: readonly number[];
}

const LATER_ROUNDS = 7;
const SCORES: Readonly<Record<'business' | 'ml', (at: number) => Record<string, number>>> = {
  business: (at) => ({ integration: 40 + (at % 60), stability: 45 + (at % 50) }),
  ml: (at) => ({ model_health: 50 + (at % 50), computation_load: 40 + (at % 50) }),
};

/** So many projects, each with facts of its own, over every level and type of change. */
function projects(count: number): readonly PolicyFacts[] {
  return Array.from({ length: count }, (_, at) => {
    const profile: Profile = at % 3 === 0 ? 'ml' : 'business';
    const made = facts(ENERGY_LEVELS[at % ENERGY_LEVELS.length] ?? 'FULL', {
      project: { id: `project-${at}`, path: `/srv/project-${at}`, profile },
      evidence: evidence({ report: report({ scores: SCORES[profile](at) }) }),
    });
    return { ...made, change: CHANGE_TYPES[at % CHANGE_TYPES.length] ?? 'feature' };
  });
}

function roundMs(all: readonly PolicyFacts[]): number {
  const decisions: Decision[] = [];
  const startMs = performance.now();
  for (const one of all) decisions.push(decide(one, STAMP));
  return performance.now() - startMs;
}

const all = projects(Number(process.argv[2]));
const before = process.threadCpuUsage();
const firstMs = roundMs(all);
const used = process.threadCpuUsage(before);
const laterMs = Array.from({ length: LATER_ROUNDS }, () => roundMs(all));
const rounds: DecideRounds = { firstMs, firstProcessorMs: (used.user + used.system) / 1000, laterMs };
process.stdout.write(JSON.stringify(rounds));
