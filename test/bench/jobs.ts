import { jobRequestSchema } from '../../shared/contract/job.ts';
import { benchHouse, PROJECTS } from './bench-house.ts';
import { type BenchResult, measured, median } from './bench-result.ts';

const JOBS = 1000;
const ROUNDS = 900;
const CALM_SHARE = 3;
/** A core runs for days: measured as compiled as it then is. */
const WARM_UPS = 3000;
/** Nobody comes after the same one more often than another. */
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [2, 0, 1],
  [1, 2, 0],
  [2, 1, 0],
] as const;

/**
 * A whole tick with a thousand jobs in line against one without any, in processor time, which a busy machine changes
 * less than the clock on the wall. Three houses take turns, each time in another order; the third is like the second,
 * and shows how far apart two equal ones come out.
 */
export async function run(): Promise<BenchResult> {
  const houses = [await ticking(JOBS), await ticking(0), await ticking(0)];
  const ticks: Tick[][] = houses.map(() => []);
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    for (const index of ORDERS[round % ORDERS.length] ?? []) {
      const tick = await houses[index]?.tick();
      if (round >= WARM_UPS && tick !== undefined) ticks[index]?.push(tick);
    }
  }
  const [full = [], empty = [], again = []] = ticks.map((all) => all.map(({ cpuMs }) => cpuMs));
  const walls = ticks.map((all) => median(all.map(({ wallMs }) => wallMs)).toFixed(2));
  const notes = [
    `the two houses without a job: ${(calm(again) / calm(empty)).toFixed(3)}`,
    `medians: ${[full, empty, again].map((all) => median(all).toFixed(2)).join(', ')} ms; on the wall's clock ${walls.join(', ')} ms`,
    ...houses.slice(0, 2).map((house) => house.seen()),
  ];
  for (const house of houses) await house.stop();
  const label = (jobs: string): string => `processor time of a calm tick, ${jobs}`;
  return measured(
    'jobs',
    { label: label(`${JOBS} jobs in line`), median: calm(full), unit: 'ms', runs: ROUNDS / CALM_SHARE },
    {
      label: label('no job'),
      median: calm([...empty, ...again]),
      unit: 'ms',
      runs: (2 * ROUNDS) / CALM_SHARE,
    },
    { must: 'at most', ratio: 1.05 },
    notes,
  );
}

/** The median of the cheapest third: the others were disturbed by whatever else the machine does. */
function calm(times: readonly number[]): number {
  const cheapest = [...times].sort((one, other) => one - other).slice(0, times.length / CALM_SHARE);
  return median(cheapest);
}

interface Tick {
  readonly cpuMs: number;
  readonly wallMs: number;
}

interface Ticking {
  /** What one whole round took, its snapshot on disk included. */
  tick(): Promise<Tick>;
  seen(): string;
  stop(): Promise<void>;
}

async function ticking(jobCount: number): Promise<Ticking> {
  const house = await benchHouse({ percent: 50, ac: false });
  const { desk } = house.rooms.jobs;
  for (let count = 0; count < jobCount; count += 1) {
    desk.add(
      jobRequestSchema.parse({
        command: ['train', `${count}`],
        project: PROJECTS[count % PROJECTS.length],
        // Half of them wait for the wall, half for a forecast, and no two for the same length.
        when: count % 2 === 0 ? 'FULL' : 'MEDIUM',
        forMinutes: 1 + count,
      }),
    );
  }
  return {
    stop: () => house.stop(),
    async tick() {
      const startedAtMs = performance.now();
      const before = process.cpuUsage();
      await house.tick();
      const { user, system } = process.cpuUsage(before);
      return { cpuMs: (user + system) / 1000, wallMs: performance.now() - startedAtMs };
    },
    seen() {
      const { energy, jobs, jobCounts } = house.published.snapshot();
      return `${energy.level}, ${jobCounts?.queued ?? 0} jobs in line, ${jobs.length} of them in the snapshot`;
    },
  };
}
