/** What an `ERR` of a NUT server means for the one UPS asked about. */
export interface NutRefusal {
  /** For a person: "the driver of this UPS does not run (DRIVER-NOT-CONNECTED)". */
  readonly problem: string;
  /** The server itself says that it has no current data of this UPS. */
  readonly commLost: boolean;
}

const MEANINGS: Readonly<Record<string, string>> = {
  'ACCESS-DENIED': 'the server refuses this user, password or host',
  'UNKNOWN-UPS': 'the server knows no UPS of this name',
  'VAR-NOT-SUPPORTED': 'this UPS has no such value',
  'INVALID-ARGUMENT': 'the server did not understand the request',
  'UNKNOWN-COMMAND': 'the server does not know the command; it may be no NUT server',
  'FEATURE-NOT-SUPPORTED': 'the server was built without this feature',
  'FEATURE-NOT-CONFIGURED': 'the server has this feature switched off',
  'TLS-NOT-ENABLED': 'the server wants TLS first',
  'ALREADY-SSL-MODE': 'the connection is encrypted already',
  'USERNAME-REQUIRED': 'the server wants a user first (energy.nutUser)',
  'PASSWORD-REQUIRED': 'the server wants a password first (energy.nutPasswordFile)',
  'INVALID-USERNAME': 'the server refuses this user',
  'INVALID-PASSWORD': 'the server refuses this password',
};

const DATA_LOST: Readonly<Record<string, string>> = {
  'DRIVER-NOT-CONNECTED': 'the driver of this UPS does not run',
  'DATA-STALE': 'data stale: the driver hears nothing from the UPS',
};

/** Says in words what the server's error code means; an unknown code is passed on as it is. */
export function nutRefusal(code: string): NutRefusal {
  const lost = DATA_LOST[code];
  const meaning = lost ?? MEANINGS[code] ?? 'the server answered with an error';
  return { problem: `${meaning} (${code === '' ? 'no code' : code})`, commLost: lost !== undefined };
}
