import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { AlertFacts } from '../../../../shared/alerts/alert-rule.ts';
import { ALERT_RULES, declaredAlerts } from '../../../../shared/alerts/registry.ts';
import type { Decision } from '../../../../shared/contract/decision.ts';
import type { Action } from '../../../../shared/contract/remediation.ts';
import type { Job } from '../../../../shared/contract/job.ts';
import type { Snapshot } from '../../../../shared/contract/state.ts';
import { tableColumn } from '../../../architecture/docs-check.ts';
import { exampleUps } from '../../../e2e/example-parts.ts';
import {
  alertFacts,
  onBattery,
  pluggedIn,
  soundProject,
  withEnergy,
} from '../../../fakes/alert-snapshots.ts';

const T = '\u202f';
const NOW_MS = Date.parse('2026-01-05T10:00:00Z');
const calm = pluggedIn(80).energy;

const withUps = (over: Parameters<typeof exampleUps>[0]): Partial<AlertFacts> => ({
  snapshot: withEnergy({ ...calm, ups: [exampleUps(over)] }),
});
const withProject = (over: Parameters<typeof soundProject>[0]): Partial<AlertFacts> => ({
  snapshot: pluggedIn(80, { projects: [soundProject(over)] }),
});
const thermal = (over: Partial<Snapshot['energy']['thermal']>): Partial<AlertFacts> => ({
  snapshot: withEnergy({ ...calm, thermal: { ...calm.thermal, ...over } }),
});
const note = (code: string, text: string): Partial<AlertFacts> => ({
  snapshot: pluggedIn(80, { notes: [{ code, text }] }),
});
const decided = (
  verdict: Decision['verdict'],
  code: string,
  text: string,
): Partial<Record<string, Decision>> => ({
  feature: { verdict, reasons: [{ code, text, verdict }], bindingReason: text } as Decision,
});
const job = (over: Partial<Job>): Job => ({ id: 'j', until: null, isHeld: false, ...over }) as Job;
const acted = (over: Partial<Action>): Partial<AlertFacts> => ({
  snapshot: pluggedIn(80, {
    actions: [
      {
        id: 'a1',
        kind: 'rollback',
        project: 'shop',
        subject: 'a1b2c3d4e5f6a7b8',
        title: 'Stop the trainer',
        cause: '3 health checks in a row failed',
        text: 'Waits for a person: so it is set.',
        beganAt: new Date(NOW_MS).toISOString(),
        ...over,
      } as Action,
    ],
  }),
});
const rollback = (id: string) => ({ id, project: 'shop', commit: 'a1b2c3d4e5f6a7b8', atMs: NOW_MS - 60_000 });

/** For each alert: the facts that raise it, what it says, and facts close by that do not. */
const TABLE: Readonly<
  Record<
    string,
    { raise: Partial<AlertFacts>; title: string; text: RegExp; not: readonly Partial<AlertFacts>[] }
  >
> = {
  'energy-critical': {
    raise: { snapshot: onBattery(4, { jobs: [job({ state: 'running' })] }) },
    title: `Battery 4${T}%`,
    text: /^Jobs are being paused\. Plug in\.$/,
    not: [{ snapshot: onBattery(5) }, { snapshot: pluggedIn(3) }],
  },
  'energy-dropped': {
    raise: {
      snapshot: onBattery(19.9, {
        forecast: [
          { thresholdPercent: 20, minutes10: 0, minutes50: 0, minutes90: 0 },
          { thresholdPercent: 5, minutes10: 40, minutes50: 50, minutes90: 65 },
          { thresholdPercent: 0, minutes10: 60, minutes50: 70, minutes90: 90 },
        ],
      }),
    },
    title: `Battery 19${T}%`,
    text: /^Features wait below 20\s%, fixes still go\. About 50\smin to 5\s%\.$/u,
    not: [{ snapshot: onBattery(80) }, { snapshot: pluggedIn(10) }],
  },
  'energy-unknown': {
    raise: { snapshot: withEnergy({ level: 'UNKNOWN', levelValue: null, why: 'BAT0 cannot be read' }) },
    title: "The power can't be read",
    text: /^BAT0 cannot be read\. Fixes go with a warning/,
    not: [{}],
  },
  'weak-charger': {
    raise: { snapshot: withEnergy({ ...onBattery(42).energy, onExternalPower: true, netPowerW: -9.04 }) },
    title: `Plugged in, still draining 9${T}W`,
    text: /too weak; treated as battery/,
    not: [{ snapshot: onBattery(42) }, { snapshot: pluggedIn(42) }, withUps({})],
  },
  'ups-on-battery': {
    raise: withUps({ onBattery: true, runtimeSeconds: 1100 }),
    title: 'Power cut',
    text: /^UPS holds about 18\smin\. New deployments wait\.$/u,
    not: [withUps({}), withUps({ onBattery: true, feedsThisMachine: false }), withUps({ onBattery: null })],
  },
  'ups-low': {
    raise: withUps({ onBattery: true, lowBattery: true, runtimeSeconds: 120 }),
    title: 'UPS battery low',
    text: /^Save your work now\. About 2\smin left\.$/u,
    not: [withUps({ lowBattery: true }), withUps({ onBattery: true, runtimeSeconds: 300 })],
  },
  'ups-silent': {
    raise: withUps({ problem: 'not answering for 17 s' }),
    title: 'UPS not answering',
    text: /^Last seen on line\. ups@127\.0\.0\.1: Not answering for 17 s\.$/,
    not: [withUps({})],
  },
  'ups-replace-battery': {
    raise: withUps({ replaceBattery: true }),
    title: 'The UPS needs a new battery',
    text: /may not hold/,
    not: [withUps({}), withUps({ replaceBattery: true, problem: 'data stale' })],
  },
  'ups-overload': {
    raise: withUps({ overload: true, loadPercent: 108 }),
    title: 'The UPS is overloaded',
    text: /At 108\s% load it may switch off/u,
    not: [withUps({ loadPercent: 90 })],
  },
  hot: {
    raise: thermal({ coolingStatus: 'HOT', hottestC: 91.4, zone: 'x86_pkg_temp' }),
    title: `This machine is hot: 91${T}°C at x86_pkg_temp`,
    text: /Experiments go slowly/,
    not: [thermal({ coolingStatus: 'WARM', hottestC: 85 }), thermal({ coolingStatus: null })],
  },
  'processor-throttled': {
    raise: { throttledAtMs: NOW_MS - 30_000 },
    title: 'The processor slows itself down',
    text: /take longer/,
    not: [{ throttledAtMs: null }, { throttledAtMs: NOW_MS - 120_000 }],
  },
  'job-paused': {
    raise: {
      snapshot: onBattery(17, {
        jobs: [job({ state: 'paused', until: 'it is plugged in' }), job({ state: 'running' })],
      }),
    },
    title: '1 job paused',
    text: /^It goes on when it is plugged in\.$/,
    not: [
      { snapshot: pluggedIn(80, { jobs: [job({ state: 'running' })] }) },
      { snapshot: pluggedIn(80, { jobs: [job({ state: 'paused', isHeld: true })] }) },
    ],
  },
  'safeguards-due': {
    raise: acted({ kind: 'safeguard', state: 'counting', cause: 'battery 4 %', text: 'In 60 s.' }),
    title: 'Safeguards are about to begin',
    text: /^battery 4 %\. In 60 s\.$/,
    not: [acted({ kind: 'safeguard', state: 'running' }), acted({ state: 'asking' })],
  },
  'action-failed': {
    raise: acted({ kind: 'throttle', state: 'undo-failed', text: 'It ended with 3.' }),
    title: 'Stop the trainer: failed',
    text: /^It ended with 3\.$/,
    not: [acted({ kind: 'throttle', state: 'active' })],
  },
  halted: {
    raise: withProject({
      halt: {
        by: 'scores',
        who: 'core',
        why: 'by stability 34 (two rollbacks today)',
        since: '2026-01-05T09:00:00Z',
        until: null,
      },
    }),
    title: 'shop halted',
    text: /^by stability 34 \(two rollbacks today\)\. Only reverts pass\.$/,
    not: [withProject({ halt: null })],
  },
  'review-first': {
    raise: withProject({
      decisions: decided('throttle', 'wellbeing-safe', 'SAFE by well-being 45: features need a person.'),
    }),
    title: 'shop: review first',
    text: /^SAFE by well-being 45/,
    not: [
      withProject({ decisions: decided('throttle', 'energy-critical', 'CRITICAL, battery 4 %') }),
      withProject({ decisions: decided('block', 'halt', 'halted') }),
      withProject({}),
    ],
  },
  'deploy-blocked': {
    raise: {
      blockedAsks: [
        {
          project: 'shop',
          change: 'feature',
          bindingReason: 'LOW, battery 12 %',
          cheapestWayToPass: 'plug in',
          atMs: 1,
        },
        { project: 'shop', change: 'feature', bindingReason: 'older', cheapestWayToPass: null, atMs: 0 },
      ],
    },
    title: 'shop: features blocked',
    text: /^LOW, battery 12 %\. Plug in\.$/,
    not: [{ blockedAsks: [] }],
  },
  'rollback-asks': {
    raise: acted({ state: 'asking' }),
    title: 'shop: roll back a1b2c3d4e5?',
    text: /^3 health checks in a row failed\. Waits for a person: so it is set\.$/,
    not: [acted({ state: 'running' }), acted({ state: 'declined' })],
  },
  'rollback-done': {
    raise: { rollbacks: [rollback('d1')] },
    title: 'shop rolled back',
    text: /a1b2c3d4e5 was taken back/,
    not: [{ rollbacks: [{ ...rollback('d1'), atMs: NOW_MS - 3_600_000 }] }],
  },
  'rollback-no-help': {
    raise: acted({ state: 'not-helped', text: 'It did not help within 15 min.' }),
    title: 'shop: the rollback did not help',
    text: /^It did not help within 15 min\.$/,
    not: [acted({ state: 'helped' }), acted({ state: 'verifying' })],
  },
  'rollbacks-stopped': {
    raise: { rollbacks: [rollback('d1'), rollback('d2'), rollback('d3')] },
    title: `shop: 3 rollbacks in 24${T}h`,
    text: /Nothing more is rolled back by itself/,
    not: [{ rollbacks: [rollback('d1'), rollback('d2'), { ...rollback('d3'), project: 'model' }] }],
  },
  'report-stale': {
    raise: withProject({ freshness: 'stale', problem: 'report 3 h old' }),
    title: 'shop: report too old',
    text: /^Report 3 h old\. Refresh it with `orch guard shop --write`\.$/,
    not: [withProject({ freshness: 'amber' }), withProject({ freshness: 'missing' })],
  },
  'hook-skipped': {
    raise: note('gates-skipped', 'One gate was skipped while the core was away (shop).'),
    title: 'A gate was skipped',
    text: /One gate was skipped/,
    not: [note('port-moved', 'x')],
  },
  'sync-failing': {
    raise: {
      snapshot: pluggedIn(80, {
        sync: { manus: { state: 'failing', problem: 'no answer' }, github: { state: 'ok' } },
      }),
    },
    title: 'Manus is not reached',
    text: /^No answer\. What waits is kept/,
    not: [{ snapshot: pluggedIn(80, { sync: { manus: { state: 'ok' }, x: null, y: 'odd' } }) }],
  },
  'notices-refused': {
    raise: { noticesRefused: 'no notification service answered within 2 s' },
    title: 'Notices are not shown',
    text: /^No notification service answered within 2 s\. Allow/,
    not: [{}],
  },
  'tray-missing': {
    raise: { trayMissing: true },
    title: 'This desktop shows no tray',
    text: /orch open/,
    not: [{}],
  },
  'channel-failing': {
    raise: {
      channelTroubles: [
        { name: 'slack', state: 'stopped', why: 'Slack refused it for good: 404 no_service' },
      ],
    },
    title: 'Slack stopped',
    text: /404 no_service\. Notices wait/,
    not: [{}],
  },
  'disk-full': {
    raise: { freeDiskBytes: 12_000_000 },
    title: 'The disk is full',
    text: /^11\sMB are free/u,
    not: [{ freeDiskBytes: null }, { freeDiskBytes: 60_000_000 }],
  },
  'record-problem': {
    raise: note('record', 'Nothing is recorded for later: EACCES.'),
    title: 'The record has a problem',
    text: /EACCES/,
    not: [note('config-error', 'x')],
  },
  'settings-broken': {
    raise: note(
      'config-error',
      'config.yaml:14:9 projects[0].profile: "bussiness" is not one of business, ml.',
    ),
    title: 'The settings have an error',
    text: /config\.yaml:14:9/,
    not: [note('record', 'x')],
  },
};

const found = (code: string, facts: Partial<AlertFacts>) =>
  ALERT_RULES.find((rule) => rule.code === code)?.find(alertFacts(facts)) ?? [];

describe('declared alerts', () => {
  it('have each a row here, a code of their own and words that end', () => {
    expect(ALERT_RULES.map(({ code }) => code)).toEqual(Object.keys(TABLE));
    for (const { code, summary, clears } of declaredAlerts()) {
      expect(code).toMatch(/^[a-z0-9-]+$/);
      expect(summary).toMatch(/\.$/);
      expect(clears).toMatch(/\.$/);
    }
  });

  it('stand in docs/alerts.md', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/alerts.md'), 'utf8');
    expect(tableColumn(page, 'code')).toEqual(ALERT_RULES.map(({ code }) => code));
    for (const { summary, clears } of declaredAlerts()) {
      expect(page).toContain(summary);
      expect(page).toContain(clears);
    }
  });

  it.each(Object.entries(TABLE))('%s is raised and worded', (code, { raise, title, text }) => {
    const [finding, ...more] = found(code, raise);
    expect(more).toEqual([]);
    expect(finding?.title).toBe(title);
    expect(finding?.text).toMatch(text);
    expect(finding?.title).not.toMatch(/[.!]$/);
  });

  it.each(Object.entries(TABLE))('%s is not raised by what is near it', (code, { not }) => {
    for (const facts of not) expect(found(code, facts)).toEqual([]);
  });

  it('are silent on a machine that is well', () => {
    expect(ALERT_RULES.flatMap((rule) => rule.find(alertFacts()))).toEqual([]);
  });

  it('never warn of a battery on a desktop without one, a mouse at 3 % or not', () => {
    const desktop = withEnergy({ ...calm, batteryPresent: false, percent: null, why: 'mains, no battery' });
    expect(ALERT_RULES.flatMap((rule) => rule.find(alertFacts({ snapshot: desktop })))).toEqual([]);
  });

  it('say elsewhere nothing about the person, and nothing a person typed', () => {
    const review = found('review-first', TABLE['review-first']!.raise)[0];
    expect(review?.outsideText).toBe('The person asked for review.');
    const halted = found(
      'halted',
      withProject({
        halt: { by: 'person', who: 'ann', why: 'the customer X', since: '2026-01-05T09:00:00Z', until: null },
      }),
    )[0];
    expect(halted?.text).toBe('by ann: the customer X. Only reverts pass.');
    expect(halted?.outsideText).toBe('by a person. Only reverts pass.');
  });
});
