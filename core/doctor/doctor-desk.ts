import type { DoctorReply } from '../../shared/contract/doctor.ts';
import { isoNow, type Clock } from '../clock.ts';
import type { DoctorReport } from './examine.ts';

/** Runs the self-check for whoever asks. */
export interface DoctorDesk {
  /** Takes as long as the slowest check, 5 s at most. Askers who come meanwhile share one run. */
  examine(): Promise<DoctorReply>;
}

export interface DoctorDeskParts {
  readonly clock: Clock;
  readonly run: () => Promise<DoctorReport>;
  /** What may be shown to strangers. */
  readonly share: (report: DoctorReport) => Promise<string>;
}

/** A run starts programs and looks at sensors: no asker makes that happen more often than this. */
const REST_MS = 1_000;

export function createDoctorDesk({ clock, run, share }: DoctorDeskParts): DoctorDesk {
  let underWay: Promise<DoctorReply> | null = null;
  let last: { reply: DoctorReply; atMs: number } | null = null;

  const examine = async (): Promise<DoctorReply> => {
    const startedMs = clock.monotonicMs();
    const report = await run();
    const reply: DoctorReply = {
      schemaVersion: 1,
      status: report.status,
      at: isoNow(clock),
      tookMs: Math.round(clock.monotonicMs() - startedMs),
      checks: report.checks,
      shareText: await share(report),
    };
    last = { reply, atMs: clock.monotonicMs() };
    return reply;
  };

  return {
    examine() {
      if (underWay !== null) return underWay;
      if (last !== null && clock.monotonicMs() - last.atMs < REST_MS) return Promise.resolve(last.reply);
      const running = examine().finally(() => {
        underWay = null;
      });
      underWay = running;
      return running;
    },
  };
}
