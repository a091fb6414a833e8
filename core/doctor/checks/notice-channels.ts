import { notApplicable, ok, warning } from '../check.ts';
import type { DoctorCheck, DoctorPorts } from '../check.ts';

/** Alerts of the core about its own notices. */
const ABOUT_NOTICES = ['notices-refused', 'channel-failing'];
/** An older snapshot says nothing about now. */
const RECENT_MS = 10 * 60_000;

/** Whether notices get out, as the running core says. */
export const noticeChannels: DoctorCheck = {
  id: 'notice-channels',
  title: 'Notices',
  applicable: () => true,
  async check(ports) {
    const alerts = await alertsOfCore(ports);
    if (alerts === null) return notApplicable('No core has said anything about them lately.');
    const said = alerts.filter(({ code }) => ABOUT_NOTICES.includes(code));
    if (said.length === 0) return ok('Nothing keeps notices from getting out.');
    return warning(
      'Some notices do not get out.',
      'Mend what is named, then send a test from the settings.',
      said.map(({ title, text }) => `${title}: ${text}`),
    );
  },
};

interface ToldAlert {
  readonly code: string;
  readonly title: string;
  readonly text: string;
}

/** From the last snapshot's file; null when there is none that is recent and whole. */
async function alertsOfCore({ files, places, clock }: DoctorPorts): Promise<readonly ToldAlert[] | null> {
  const text = await files.readText(places.snapshotPath);
  if (text === null) return null;
  try {
    const { at, alerts } = JSON.parse(text) as { at?: unknown; alerts?: unknown };
    const ageMs = clock.wallMs() - Date.parse(String(at));
    if (!(ageMs < RECENT_MS) || !Array.isArray(alerts)) return null;
    return alerts.map((alert) => {
      const { code, title, text: said } = alert as Partial<Record<keyof ToldAlert, unknown>>;
      return { code: String(code), title: String(title), text: String(said) };
    });
  } catch {
    return null;
  }
}
