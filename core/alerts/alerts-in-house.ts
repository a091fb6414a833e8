import type { RoomContext } from '../room.ts';
import { createAlertsRoom, type AlertsRoom } from './alerts-room.ts';
import { createShowOnDesktop } from './desktop-channel.ts';
import { createEmailChannel } from './email-channel.ts';
import { createReadFocus } from './focus.ts';
import { machineOffset } from './quiet-time.ts';
import { createSlackChannel } from './slack-channel.ts';

/** The alerts room with this machine's own channels. */
export function alertsInHouse(context: RoomContext): AlertsRoom {
  const { clock, env, platform, secrets } = context;
  return createAlertsRoom({
    ...context,
    request: () => context.core.request(),
    who: env['USER'] ?? env['USERNAME'] ?? 'local user',
    show: createShowOnDesktop(clock, platform, env),
    slack: createSlackChannel({
      clock,
      secrets,
      settings: () => context.config().alerts.slack,
      fetch: (address, init) => fetch(address, init),
    }),
    email: createEmailChannel({ secrets, settings: () => context.config().alerts.email }),
    readFocus: createReadFocus(platform, env),
    offset: machineOffset,
  });
}
