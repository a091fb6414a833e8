import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createSlackChannel } from '../../../../core/alerts/slack-channel.ts';
import type { OutsideMessage } from '../../../../core/alerts/outside-channel.ts';
import { SecretProblem } from '../../../../core/secrets.ts';
import { slackConfigSchema } from '../../../../shared/contract/alerts-config.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { startFakeSlackServer, type FakeSlackServer } from '../../../fakes/fake-slack-server.ts';
import { memorySecrets } from '../../../fakes/memory-secrets.ts';

let server: FakeSlackServer;
beforeEach(async () => {
  server = await startFakeSlackServer();
});
afterEach(() => server.close());

const clock = fakeClock();
const message = (title: string, text: string): OutsideMessage => ({
  id: 'n-1',
  atMs: 0,
  words: { code: 'halted', severity: 'warning', title, text, project: 'shop', sinceMs: 0 },
});
const channel = (url = server.url, otherHosts = ['127.0.0.1']) =>
  createSlackChannel({
    clock,
    secrets: memorySecrets({ 'slack-webhook': url }),
    settings: () => slackConfigSchema.parse({ enabled: true, otherHosts }),
    fetch: (address, init) => fetch(address, init),
  });
const one = message('shop halted', 'by stability 34.');

describe('a Slack webhook', () => {
  it('takes a message, escaped as Slack asks', async () => {
    const hostile = message('a & b <!channel>', '<https://evil.example|click> *bold* & <@U1>');
    expect(await channel().deliver(hostile)).toEqual({ kind: 'delivered' });
    expect(server.received).toEqual([
      {
        contentType: 'application/json; charset=utf-8',
        text: '*a &amp; b &lt;!channel&gt;*\n&lt;https://evil.example|click&gt; *bold* &amp; &lt;@U1&gt;',
      },
    ]);
  });

  it.each([
    [429, 'rate_limited', { 'retry-after': '30' }, { kind: 'later', afterMs: 30_000 }],
    [429, '', {}, { kind: 'later', afterMs: null }],
    [429, '', { 'retry-after': '86400' }, { kind: 'later', afterMs: 3_600_000 }],
    [429, '', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, { kind: 'later', afterMs: null }],
    [500, 'rollup_error', {}, { kind: 'later' }],
    [503, '<html>', {}, { kind: 'later' }],
    [
      200,
      '<html>sign in to the hotel</html>',
      {},
      { kind: 'later', why: 'something else than Slack answered' },
    ],
    [302, '', { location: 'http://169.254.169.254/' }, { kind: 'later' }],
    [400, 'invalid_payload', {}, { kind: 'stop', why: 'Slack refused it for good: 400 invalid_payload' }],
    [403, 'action_prohibited', {}, { kind: 'stop', why: 'Slack refused it for good: 403 action_prohibited' }],
    [404, 'no_service', {}, { kind: 'stop', why: 'Slack refused it for good: 404 no_service' }],
    [
      410,
      'channel_is_archived',
      {},
      { kind: 'stop', why: 'Slack refused it for good: 410 channel_is_archived' },
    ],
    [404, 'x'.repeat(100_000), {}, { kind: 'stop', why: 'Slack refused it for good: 404' }],
  ])('%i %s', async (status, body, headers, expected) => {
    server.answers({ kind: 'answer', status, body, headers: headers });
    expect(await channel().deliver(one)).toMatchObject(expected);
    expect(server.received).toHaveLength(1);
  });

  it('that hangs is given up after 10 s', async () => {
    server.answers({ kind: 'hang' });
    const delivery = channel().deliver(one);
    await server.came(1);
    await clock.advanceMs(10_000);
    expect(await delivery).toMatchObject({
      kind: 'later',
      why: 'Slack cannot be reached: no answer within 10 s',
    });
    expect(clock.pending()).toBe(0);
  });

  it('that resets, or is not there, is tried later; its address is never told', async () => {
    server.answers({ kind: 'reset' });
    const reset = await channel().deliver(one);
    expect(reset).toMatchObject({ kind: 'later' });
    const { url } = server;
    await server.close();
    const gone = await channel(url).deliver(one);
    expect(gone).toMatchObject({ kind: 'later', why: 'Slack cannot be reached: ECONNREFUSED' });
    expect(JSON.stringify([reset, gone])).not.toMatch(/hush|127\.0\.0\.1/);
  });

  it.each([
    ['https://hooks.slack.com.evil.example/services/x', 'name its host'],
    ['http://hooks.slack.com/services/x', 'must begin with https'],
    ['https://ann:pw@hooks.slack.com/services/x', 'hold no password'],
    ['file:///etc/passwd', 'name its host'],
    ['hooks.slack.com/services/x', 'is not an address'],
  ])('with the address %s is refused', async (url, why) => {
    const delivery = await channel(url, []).deliver(one);
    expect(delivery).toMatchObject({ kind: 'stop', why: expect.stringContaining(why) as string });
    expect(JSON.stringify(delivery)).not.toContain('services');
  });

  it('whose address is not set, or must not be read, stops and says so', async () => {
    const parts = { clock, settings: () => slackConfigSchema.parse({}), fetch };
    const unset = createSlackChannel({ ...parts, secrets: memorySecrets() });
    expect(await unset.deliver(one)).toEqual({ kind: 'stop', why: 'the address of the webhook is not set' });
    const open = createSlackChannel({
      ...parts,
      secrets: {
        read: () => {
          throw new SecretProblem('/x/slack-webhook can be read by others: chmod 600 it');
        },
      },
    });
    expect(await open.deliver(one)).toMatchObject({ why: expect.stringContaining('chmod 600') as string });
  });
});
