import { notApplicable, warning } from './check.ts';
import type { CheckStatus, DoctorCheck, DoctorPorts, Finding } from './check.ts';

/** No check may hold up the others for longer. */
const CHECK_LIMIT_MS = 5_000;

export interface DoctorReport {
  readonly schemaVersion: 1;
  /** The worst of all checks. */
  readonly status: Exclude<CheckStatus, 'not-applicable'>;
  readonly checks: readonly (Finding & { readonly id: string; readonly title: string })[];
}

/** Runs every check side by side. One that fails or hangs is a finding of its own; this never throws. */
export async function examine(checks: readonly DoctorCheck[], ports: DoctorPorts): Promise<DoctorReport> {
  const found = await Promise.all(
    checks.map(async (one) => ({ id: one.id, title: one.title, ...(await findingOf(one, ports)) })),
  );
  const has = (status: CheckStatus): boolean => found.some((one) => one.status === status);
  return {
    schemaVersion: 1,
    status: has('problem') ? 'problem' : has('warning') ? 'warning' : 'ok',
    checks: found,
  };
}

async function findingOf(one: DoctorCheck, ports: DoctorPorts): Promise<Finding> {
  if (!one.applicable(ports.facts)) return notApplicable('Does not apply here.');
  return new Promise((resolve) => {
    const cancel = ports.clock.after(CHECK_LIMIT_MS, () =>
      resolve(warning(`No answer within ${CHECK_LIMIT_MS / 1000} s.`, null)),
    );
    const done = (finding: Finding): void => {
      cancel();
      resolve(finding);
    };
    one.check(ports).then(done, (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      done(warning(`The check itself failed: ${why}.`, null));
    });
  });
}
