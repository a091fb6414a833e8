import { CHANGE_TYPES, ENERGY_LEVELS, type Profile } from '../../shared/contract/vocabulary.ts';
import { decide, decideAll, type PolicyFacts } from '../../shared/policy/decide.ts';
import { evidence, facts, report, STAMP } from '../fakes/judged-project.ts';

/** Run by `decide.ts` in a process of its own: a core that has just started, and then goes on. */
export interface DecideRounds {
  /** The very first round: nothing is compiled yet. */
  readonly firstMs: number;
  /** The same in processor time of the thread that decides, which other work on the machine does not lengthen. */
  readonly firstProcessorMs: number;
  /** Rounds once everything is compiled. */
  readonly laterMs: readonly number[];
  /** The same over a tenth of the projects. */
  readonly tenthMs: readonly number[];
  /** And over ten times as many; none where that would fill the memory. */
  readonly tenfoldMs: readonly number[];
}

/** Until nothing is left to compile. */
const WARM_UP_ROUNDS = 15;
const LATER_ROUNDS = 15;
const TENFOLD_ROUNDS = 3;
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

/** One decision of each project. */
function one(facts: PolicyFacts): unknown {
  return decide(facts, STAMP);
}

/** Six of each, as the loop takes them. */
function every(facts: PolicyFacts): unknown {
  return decideAll(facts, { label: STAMP.id, decidedAt: STAMP.decidedAt });
}

function roundMs(all: readonly PolicyFacts[], decided: (facts: PolicyFacts) => unknown): number {
  const decisions: unknown[] = [];
  const startMs = performance.now();
  for (const one of all) decisions.push(decided(one));
  return performance.now() - startMs;
}

const [count, how] = process.argv.slice(2);
const decided = how === 'every' ? every : one;
const all = projects(Number(count));
// The clock itself is loaded when it is first asked.
performance.now();
const before = process.threadCpuUsage();
const firstMs = roundMs(all, decided);
const used = process.threadCpuUsage(before);
const roundsMs = (rounds: number, over: readonly PolicyFacts[]): readonly number[] =>
  Array.from({ length: rounds }, () => roundMs(over, decided));
roundsMs(WARM_UP_ROUNDS, all);
const rounds: DecideRounds = {
  firstMs,
  firstProcessorMs: (used.user + used.system) / 1000,
  laterMs: roundsMs(LATER_ROUNDS, all),
  tenthMs: roundsMs(LATER_ROUNDS, all.slice(0, all.length / 10)),
  tenfoldMs: roundsMs(how === 'every' ? 0 : TENFOLD_ROUNDS, Array.from({ length: 10 }, () => all).flat()),
};
process.stdout.write(JSON.stringify(rounds));
