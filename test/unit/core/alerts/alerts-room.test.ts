import { describe, expect, it } from 'vitest';

import { noticeSchema } from '../../../../shared/contract/alert.ts';
import { snapshotSchema } from '../../../../shared/contract/state.ts';
import { onBattery, pluggedIn, soundProject } from '../../../fakes/alert-snapshots.ts';
import { alertsHouse } from '../../../fakes/alerts-house.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';

const T = '\u202f';
const DAY = { quietHours: null };
const BOTH = {
  ...DAY,
  slack: { enabled: true },
  email: { enabled: true, host: 'mail.example.org', from: 'o@example.org', to: ['ann@example.org'] },
};
const halted = (id = 'shop', why = 'by stability 34') =>
  soundProject({
    id,
    halt: { by: 'person', who: 'ann', why, since: '2026-01-05T10:00:00.000Z', until: null },
  });

describe('the alerts room', () => {
  it('lists what stands in the snapshot and tells it once, everywhere', async () => {
    const house = await alertsHouse({ alerts: BOTH });
    const snapshot = await house.shows(onBattery(15), 600);
    expect(snapshotSchema.parse(snapshot).alerts).toMatchObject([
      {
        code: 'energy-dropped',
        severity: 'warning',
        title: `Battery 15${T}%`,
        id: 'energy-dropped/LOW',
        tag: 'energy',
      },
    ]);
    expect(house.events).toHaveLength(1);
    expect(noticeSchema.parse(house.events[0])).toMatchObject({
      kind: 'alert',
      code: 'energy-dropped',
      title: `Battery 15${T}%`,
      replaces: 'energy',
      silent: false,
      desktop: 'core',
    });
    expect(house.shown).toHaveLength(1);
    expect(house.slacked.map(({ words }) => words.title)).toEqual([`Battery 15${T}%`]);
    expect(house.mailed).toHaveLength(1);
    expect(house.faults).toEqual([]);
  });

  it('sends each channel what reaches its floor', async () => {
    const house = await alertsHouse({
      alerts: { ...BOTH, desktop: { floor: 'critical' }, slack: { enabled: true, floor: 'info' } },
    });
    await house.shows(onBattery(50), 60);
    await house.shows(onBattery(15), 60);
    expect(house.shown).toHaveLength(0);
    expect(house.events.map(({ desktop }) => desktop)).toEqual(['off', 'off']);
    expect(house.slacked).toHaveLength(2);
    expect(house.mailed).toHaveLength(1);
    await house.shows(onBattery(4), 60);
    expect(house.shown).toHaveLength(1);
  });

  it('never sends a code that is off, and still lists it', async () => {
    const house = await alertsHouse({ alerts: { ...DAY, off: ['halted'] } });
    const snapshot = await house.shows(pluggedIn(80, { projects: [halted()] }), 120);
    expect(snapshot.alerts).toHaveLength(1);
    expect(house.events).toEqual([]);
  });

  it('leaves the desktop to a shell that listens', async () => {
    const house = await alertsHouse({ alerts: DAY });
    house.attachShell(true);
    await house.shows(onBattery(15), 60);
    expect(house.events.map(({ desktop }) => desktop)).toEqual(['shell']);
    expect(house.shown).toEqual([]);
    house.attachShell(false);
    await house.shows(onBattery(4), 60);
    expect(house.events.at(-1)?.desktop).toBe('core');
    expect(house.shown).toHaveLength(1);
  });

  it('is told once over a restart at 8 %, and again after power from outside', async () => {
    const first = await alertsHouse({ alerts: DAY });
    await first.shows(onBattery(8), 60);
    await first.stop();
    const { clock, record } = first;
    const second = await alertsHouse({ alerts: DAY, clock, record, first: onBattery(8) });
    const snapshot = await second.shows(onBattery(8), 600);
    expect(second.events).toEqual([]);
    expect(snapshot.alerts).toMatchObject([{ code: 'energy-dropped', since: '2026-01-05T10:00:03.000Z' }]);
    await second.shows(pluggedIn(12), 120);
    await second.shows(onBattery(12), 120);
    expect(second.events).toHaveLength(1);
  });

  it('keeps silent at night: CRITICAL once without sound, one digest in the morning', async () => {
    const house = await alertsHouse({ clock: fakeClock('2026-01-05T22:30:00.000Z') });
    await house.shows(onBattery(15), 1800);
    expect(house.events).toEqual([]);
    expect(house.room.desk.quiet()).toMatchObject({ isQuiet: true, reason: 'hours', waitingCount: 1 });
    await house.shows(onBattery(4), 3600);
    expect(house.events).toMatchObject([{ code: 'energy-critical', silent: true }]);
    await house.shows(pluggedIn(80, { projects: [halted()] }), 9 * 3600);
    expect(house.events).toHaveLength(2);
    expect(house.events[1]).toMatchObject({ title: 'shop halted', severity: 'warning' });
    expect(Date.parse(house.events[1]!.at)).toBeGreaterThanOrEqual(Date.parse('2026-01-06T08:00:00Z'));
    expect(Date.parse(house.events[1]!.at)).toBeLessThan(Date.parse('2026-01-06T08:01:00Z'));
  });

  it("follows the desktop's own focus, asked only while something waits", async () => {
    const house = await alertsHouse({ alerts: DAY });
    house.focuses('on');
    await house.shows(pluggedIn(80, { projects: [halted()] }), 300);
    expect(house.events).toEqual([]);
    expect(house.room.desk.quiet()).toMatchObject({ reason: 'focus', waitingCount: 1 });
    house.focuses('off');
    await house.shows(pluggedIn(80, { projects: [halted()] }), 120);
    expect(house.events).toHaveLength(1);
  });

  it("keeps a person's quiet over a restart, and it really ends", async () => {
    const first = await alertsHouse({ alerts: DAY });
    expect(first.room.desk.setQuiet({ forMinutes: 60 })).toMatchObject({
      isQuiet: true,
      reason: 'person',
      until: '2026-01-05T11:00:03.000Z',
    });
    await first.stop();
    const second = await alertsHouse({ alerts: DAY, clock: first.clock, record: first.record });
    await second.shows(onBattery(15), 3500);
    expect(second.events).toEqual([]);
    await second.shows(onBattery(15), 300);
    expect(second.events).toHaveLength(1);
    expect(second.room.desk.setQuiet({ untilTomorrow: true }).until).toBe('2026-01-06T08:00:00.000Z');
    expect(second.room.desk.endQuiet()).toMatchObject({ isQuiet: false, reason: null, until: null });
  });

  it('says so when nobody shows notices, until somebody does', async () => {
    const house = await alertsHouse({ alerts: BOTH });
    house.desktopAnswers('no notification service answered within 2 s');
    let snapshot = await house.shows(onBattery(15), 60);
    expect(snapshot.alerts.map(({ code }) => code)).toContain('notices-refused');
    expect(house.room.desk.channels()[0]).toMatchObject({ name: 'desktop', state: 'stopped' });
    expect(house.slacked.at(-1)?.words.title).toBe('Notices are not shown');
    house.desktopAnswers(null);
    expect(await house.room.desk.test('desktop')).toMatchObject({
      state: 'ready',
      test: { result: 'delivered' },
    });
    snapshot = await house.shows(onBattery(15), 60);
    expect(snapshot.alerts.map(({ code }) => code)).not.toContain('notices-refused');
  });

  it('believes the shell about tray and notices for as long as it listens', async () => {
    const house = await alertsHouse({ alerts: DAY });
    house.attachShell(true);
    house.room.desk.shellReport({
      tray: 'no-host',
      notices: 'refused',
      focus: 'unknown',
      why: 'GNOME blocks them',
    });
    const codes = (await house.shows(pluggedIn(80), 60)).alerts.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['tray-missing', 'notices-refused']));
    house.attachShell(false);
    expect((await house.shows(pluggedIn(80), 60)).alerts).toEqual([]);
  });

  it('stops a channel that was refused for good, says so, and goes on after a good test', async () => {
    const house = await alertsHouse({ alerts: BOTH });
    house.slackAnswers({ kind: 'stop', why: 'Slack refused it for good: 404 no_service' });
    const snapshot = await house.shows(onBattery(15), 120);
    expect(snapshot.alerts.map(({ code }) => code)).toContain('channel-failing');
    expect(house.room.desk.channels()[1]).toMatchObject({
      name: 'slack',
      state: 'stopped',
      problem: 'Slack refused it for good: 404 no_service',
      waitingCount: 2,
    });
    expect(house.mailed.map(({ words }) => words.title)).toContain('Slack stopped');
    expect(await house.room.desk.test('slack')).toMatchObject({ test: { result: 'failed' } });
    house.slackAnswers({ kind: 'delivered' });
    expect((await house.room.desk.test('slack')).test).toMatchObject({ result: 'delivered', why: null });
    await house.shows(onBattery(15), 60);
    expect(house.slacked.map(({ words }) => words.title)).toEqual([
      'A test notice',
      `Battery 15${T}%`,
      'Slack stopped',
    ]);
  });

  it('remembers what stood, without what a person typed', async () => {
    const house = await alertsHouse({ alerts: BOTH });
    await house.shows(pluggedIn(80, { projects: [halted('shop', 'customer X left')] }), 120);
    await house.shows(pluggedIn(80), 60);
    const { past, standing } = house.room.desk.alerts({ limit: 10 });
    expect(standing).toEqual([]);
    expect(past).toMatchObject([
      {
        code: 'halted',
        project: 'shop',
        since: '2026-01-05T10:00:00.000Z',
        until: expect.any(String) as string,
      },
    ]);
    expect(JSON.stringify([past, house.slacked, house.mailed])).not.toContain('customer X');
    expect(house.events[0]?.text).toContain('customer X left');
  });

  it('tells a secret to nobody', async () => {
    const house = await alertsHouse({ alerts: BOTH });
    const { desk } = house.room;
    const secret = 'https://hooks.slack.com/services/T0/B0/hush-hush';
    expect(desk.putSecret('slack-webhook', secret)).toEqual({
      name: 'slack-webhook',
      isSet: true,
      problem: null,
      keptIn: 'file',
      note: null,
    });
    await desk.test('slack');
    const snapshot = await house.shows(onBattery(4), 120);
    const seen = [
      snapshot,
      desk.secrets(),
      desk.channels(),
      desk.alerts({ limit: 100 }),
      house.events,
      house.faults,
      house.record.audits({ limit: 100 }),
      ['alerts', 'alerts-quiet', 'alerts-queue-slack', 'alerts-queue-email'].map((key) =>
        house.record.control(key),
      ),
    ];
    expect(JSON.stringify(seen)).not.toMatch(/hush|services/);
    expect(house.record.audits({ limit: 100 }).map(({ act }) => act)).toContain('secret-set');
  });
});
