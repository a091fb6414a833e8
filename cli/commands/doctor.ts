import { readConfig } from '../../core/config-file.ts';
import { DOCTOR_CHECKS } from '../../core/doctor/registry.ts';
import { examine } from '../../core/doctor/examine.ts';
import { systemPorts } from '../../core/doctor/system-ports.ts';
import { productFiles } from '../../core/product-files.ts';
import { systemClock } from '../../core/system-clock.ts';
import type { CheckStatus } from '../../core/doctor/check.ts';
import type { DoctorReport } from '../../core/doctor/examine.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { flags } from '../flags.ts';
import { UsageError } from '../usage-error.ts';

const HELP = `orch doctor [--json]: checks sensors, UPS, settings, endpoint, disk, clock, hooks, notices and tray

  Needs no running core. Says of every sensor what it tells, how old that is and whether it may be read.

  --json   one JSON object

Exit codes: 0 nothing wrong (warnings allowed), 1 a problem, 2 usage.
`;

export const doctor: Command = async (argv, io) => {
  const { values, positionals } = flags(argv, { json: { type: 'boolean' } });
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (positionals.length > 0) throw new UsageError(`no argument "${positionals[0] ?? ''}" is taken`);
  const config = await readConfig(io.places.configPath);
  const ports = systemPorts({
    facts: { platform: process.platform, env: io.env, config },
    places: io.places,
    clock: systemClock,
    workerUrl: productFiles(io.productDir).sensorWorkerUrl,
  });
  const report = await examine(DOCTOR_CHECKS, ports);
  io.out(values.json === true ? `${JSON.stringify(report)}\n` : reportText(report));
  return report.status === 'problem' ? EXIT.block : EXIT.ok;
};

const MARKS: Readonly<Record<CheckStatus, string>> = {
  ok: 'ok     ',
  warning: 'warning',
  problem: 'PROBLEM',
  'not-applicable': '-      ',
};

function reportText({ checks }: DoctorReport): string {
  const lines = checks.flatMap(({ status, title, text, next, details }) => [
    `${MARKS[status]}  ${title}: ${text}`,
    ...(details ?? []).map((line) => `             ${line}`),
    ...(next === null ? [] : [`           > ${next}`]),
  ]);
  // Names come from folders and daemons: no control sequence of theirs reaches the terminal.
  return `${lines.map((line) => line.replace(/\p{Cc}/gu, '\ufffd')).join('\n')}\n`;
}
