import { CHANGE_TYPES, ENERGY_LEVELS } from '../../shared/contract/vocabulary.ts';
import { decide } from '../../shared/policy/decide.ts';
import { evidence, facts, report, STAMP } from '../fakes/judged-project.ts';

/** `node test/bench/decide.ts`: processor time of 10,000 decisions over every level and change type. Prints only. */
const ROUNDS = 7;
const DECISIONS = 10_000;

const made = ENERGY_LEVELS.flatMap((level) =>
  CHANGE_TYPES.map((change) => ({
    ...facts(level, {
      evidence: evidence({ report: report({ scores: { integration: 80, stability: 65 } }) }),
    }),
    change,
  })),
);
const times: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const before = process.cpuUsage();
  for (let i = 0; i < DECISIONS; i += 1) decide(made[i % made.length]!, STAMP);
  times.push((process.cpuUsage(before).user + process.cpuUsage(before).system) / 1000);
}
const sorted = [...times].sort((a, b) => a - b);
process.stdout.write(
  `${DECISIONS} decisions: first round ${times[0]?.toFixed(1)} ms, median ${sorted[3]?.toFixed(1)} ms of processor time\n`,
);
