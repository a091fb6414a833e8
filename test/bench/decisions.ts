import { startBareServer } from './bare-server.ts';
import { type BenchResult, measured, median } from './bench-result.ts';
import { answersPerSecond } from './load-loop.ts';
import { startCore } from './running-core.ts';

const PATH = '/v1/decisions/shop?change=feature';
const ROUNDS = 7;
const WARM_UP_MS = 1500;
const ROUND_MS = 1500;
/** Set by the server anew for each answer. */
const PER_ANSWER = ['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'];

/** `GET /v1/decisions/shop` of a real core against a bare server that sends the same bytes to everything. */
export async function run(): Promise<BenchResult> {
  const core = await startCore();
  try {
    const authorization = `Bearer ${core.endpoint.token}`;
    const answer = await fetch(`${core.endpoint.url}${PATH}`, { headers: { authorization } });
    if (answer.status !== 200) throw new Error(`${PATH} answered ${answer.status}: ${await answer.text()}`);
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => !PER_ANSWER.includes(name)));
    const body = await answer.text();
    const bare = await startBareServer({ headers, body });
    try {
      const load = { path: PATH, headers: { authorization }, connections: 10 };
      const ours = (durationMs: number): Promise<number> =>
        answersPerSecond({ ...load, port: Number(new URL(core.endpoint.url).port), durationMs });
      const theirs = (durationMs: number): Promise<number> =>
        answersPerSecond({ ...load, port: bare.port, durationMs });
      await ours(WARM_UP_MS);
      await theirs(WARM_UP_MS);
      const rates = { ours: [] as number[], theirs: [] as number[] };
      for (let round = 0; round < ROUNDS; round += 1) {
        rates.ours.push(await ours(ROUND_MS));
        rates.theirs.push(await theirs(ROUND_MS));
      }
      return measured(
        'decisions',
        { label: `GET ${PATH}`, median: median(rates.ours), unit: 'answers/s', runs: ROUNDS },
        { label: 'bare node:http', median: median(rates.theirs), unit: 'answers/s', runs: ROUNDS },
        { must: 'at least', ratio: 0.8 },
        [`${body.length} bytes of body, 10 keep-alive connections, ${ROUND_MS} ms a round`],
      );
    } finally {
      await bare.stop();
    }
  } finally {
    await core.stop();
  }
}
