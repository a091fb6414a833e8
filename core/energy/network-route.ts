const RTF_UP = 0x1;
const RTF_REJECT = 0x200;
/** To everywhere: no address, and none of its bits count. */
const DEFAULT_V6 = `${'0'.repeat(32)} 00 `;

/**
 * Interfaces that a default route of /proc/net/route leads through, best metric first. Routes that are down
 * or refuse traffic do not count.
 */
export function defaultRoutesV4(text: string): readonly string[] {
  const routes = text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [name, destination, , flags, , , metric, mask] = line.trim().split(/\s+/);
      const isDefault = destination === '00000000' && mask === '00000000';
      return name !== undefined && isDefault && leads(flags) ? [{ name, metric: Number(metric) }] : [];
    });
  return routes.sort((a, b) => a.metric - b.metric).map((route) => route.name);
}

/** The same of /proc/net/ipv6_route, whose default over `lo` is the kernel's way to say "nowhere". */
export function defaultRoutesV6(text: string): readonly string[] {
  const routes = text.split('\n').flatMap((line) => {
    if (!line.startsWith(DEFAULT_V6)) return [];
    const [, , , , , metric, , , flags, name] = line.trim().split(/\s+/);
    const usable = name !== undefined && name !== 'lo' && leads(flags);
    return usable ? [{ name, metric: Number.parseInt(metric ?? '', 16) }] : [];
  });
  return routes.sort((a, b) => a.metric - b.metric).map((route) => route.name);
}

function leads(hexFlags: string | undefined): boolean {
  const flags = Number.parseInt(hexFlags ?? '', 16);
  return Number.isFinite(flags) && (flags & RTF_UP) !== 0 && (flags & RTF_REJECT) === 0;
}

/**
 * Whether an interface carries traffic by its `operstate`. Tunnels and some drivers say "unknown" all their
 * life; a file that cannot be read says nothing against it.
 */
export function carriesTraffic(operstate: string | null): boolean {
  return operstate === null || /^(up|unknown)\s*$/.test(operstate);
}
