import { clocks } from './checks/clocks.ts';
import { diskSpace } from './checks/disk-space.ts';
import { endpoint } from './checks/endpoint.ts';
import { heatSensors } from './checks/heat-sensors.ts';
import { hooks } from './checks/hooks.ts';
import { mirrors } from './checks/mirrors.ts';
import { noticeChannels } from './checks/notice-channels.ts';
import { notifications } from './checks/notifications.ts';
import { powerSensors } from './checks/power-sensors.ts';
import { runtime } from './checks/runtime.ts';
import { secrets } from './checks/secrets.ts';
import { settings } from './checks/settings.ts';
import { trayHost } from './checks/tray-host.ts';
import { upsDaemons } from './checks/ups-daemons.ts';
import type { DoctorCheck } from './check.ts';

/** Every check, in the order they are shown. */
export const DOCTOR_CHECKS: readonly DoctorCheck[] = [
  powerSensors,
  upsDaemons,
  heatSensors,
  settings,
  endpoint,
  diskSpace,
  clocks,
  runtime,
  hooks,
  notifications,
  noticeChannels,
  secrets,
  mirrors,
  trayHost,
];
