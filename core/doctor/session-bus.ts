import type { DoctorFacts, DoctorPorts } from './check.ts';

/** Who owns a name on the person's D-Bus: `yes`, `no`, or why that cannot be told. */
export type NameOwner =
  { readonly kind: 'yes' } | { readonly kind: 'no' } | { readonly kind: 'not-known'; readonly why: string };

/** A Linux desktop session; a server or a plain console has neither tray nor notices to check. */
export function hasDesktopSession({ platform, env }: DoctorFacts): boolean {
  const isShown = isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY']);
  return platform === 'linux' && isShown;
}

/** Asks the bus with `busctl`, which comes with systemd; nothing is started by asking. */
export async function nameOwner({ run }: DoctorPorts, name: string): Promise<NameOwner> {
  const bus = 'org.freedesktop.DBus';
  const asked = await run('busctl', [
    '--user',
    'call',
    bus,
    '/org/freedesktop/DBus',
    bus,
    'NameHasOwner',
    's',
    name,
  ]);
  if (asked.kind === 'not-installed') return { kind: 'not-known', why: 'busctl is not installed' };
  if (asked.kind === 'too-slow') return { kind: 'not-known', why: 'the session bus does not answer' };
  const said = /^b (true|false)/.exec(asked.out)?.[1];
  if (asked.code !== 0 || said === undefined) return { kind: 'not-known', why: 'there is no session bus' };
  return { kind: said === 'true' ? 'yes' : 'no' };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
