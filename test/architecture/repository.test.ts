import { describe, expect, it } from 'vitest';

import { isText, packageManifest, readText, repositoryFiles } from './repository.ts';

/** Hosts that may be named, each for a reason. Anything else is a slip: a mirror, a private machine, a tracker. */
const KNOWN_HOSTS: Readonly<Record<string, string>> = {
  '127.0.0.1': 'the endpoint',
  'github.com': 'links and the workflow',
  'json-schema.org': 'the dialect of our schemas',
  'www.w3.org': 'names of SVG and XML',
  'www.apple.com': 'the name of property lists',
  'opencollective.com': 'funding lines of the lock file',
  'api.electricitymaps.com': 'a grid source that is off until chosen',
  'api.carbonintensity.org.uk': 'a grid source that is off until chosen',
  'manus.im': 'the address of a task, as people paste it',
  'api.github.com': 'the default of a service that can be switched on',
  'api.manus.ai': 'the default of a service that can be switched on',
};
/** Names set aside for examples and tests (RFC 2606, RFC 5737, RFC 6761). */
const EXAMPLE_HOST =
  /(^|\.)(example(\.(com|org|net))?|test|invalid|localhost)$|^(192\.0\.2|198\.51\.100|203\.0\.113)\./;

/** Text that may stand nowhere, with the reason. */
const BANNED: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  {
    pattern: /(?<![\w.])\/(?:home|Users)\/(?!(?:you|me|user|person|runner|ann|sam)\/)[a-z][\w.-]*\//,
    why: 'a home folder of one machine',
  },
  { pattern: /(?<![\w.$}])\/(?:work|root|workspace)\/[a-z]/, why: 'a folder of one machine' },
  { pattern: /[A-Z]:\\Users\\(?!You\b|me\b)\w/, why: 'a home folder of one machine' },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, why: 'a private key' },
  {
    pattern: /\b(ghp|gho|ghs|github_pat)_[A-Za-z0-9_]{20,}|\bxox[abp]-[A-Za-z0-9-]{10,}|\bAKIA[A-Z0-9]{16}\b/,
    why: 'a credential',
  },
  { pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=/, why: 'a credential' },
  { pattern: /^(<{7}|>{7}|={7})( |$)/m, why: 'a merge that was not finished' },
];

function bannedIn(path: string, text: string): string[] {
  return BANNED.flatMap(({ pattern, why }) => {
    const at = text.search(pattern);
    return at < 0 ? [] : [`${path}:${text.slice(0, at).split('\n').length} ${why}`];
  });
}

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What `npm ci` would refuse: packages asked for that no folder above has, as "who > whom". */
function missingFromLock(packages: Readonly<Record<string, LockedPackage>>): string[] {
  const isFound = (path: string, name: string): boolean => {
    const here = `${path === '' ? '' : `${path}/`}node_modules/${name}`;
    if (here in packages) return true;
    if (path === '') return false;
    const above = path.lastIndexOf('/node_modules/');
    return isFound(above < 0 ? '' : path.slice(0, above), name);
  };
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !isFound(path, name))
      .map((name) => `${path} > ${name}`),
  );
}

function strangeHosts(path: string, text: string): string[] {
  const hosts = [...text.matchAll(/\bhttps?:\/\/([a-z0-9.-]*[a-z0-9])/gi)].map((match) =>
    (match[1] ?? '').toLowerCase(),
  );
  const strange = hosts.filter(
    (host) => !(host in KNOWN_HOSTS) && !EXAMPLE_HOST.test(host) && host.includes('.'),
  );
  return [...new Set(strange)].map((host) => `${path}: ${host}`);
}

describe('the repository', () => {
  const texts = repositoryFiles()
    .filter((path) => !path.startsWith('test/fixtures/') && path !== 'test/architecture/repository.test.ts')
    .map((path) => [path, readText(path)] as const)
    .filter(([, text]) => isText(text));

  it('names no machine, no credential, and nothing but the product', () => {
    expect(texts.flatMap(([path, text]) => bannedIn(path, text))).toEqual([]);
  });

  it('names only hosts that are known', () => {
    const shown = texts.filter(([path]) => path !== 'package-lock.json' && !path.startsWith('test/'));
    expect(shown.flatMap(([path, text]) => strangeHosts(path, text))).toEqual([]);
  });

  it('fetches packages from wherever npm is set to, each with its hash', () => {
    const lock = JSON.parse(readText('package-lock.json')) as {
      packages: Record<string, { resolved?: string; integrity?: string; link?: boolean; inBundle?: boolean }>;
    };
    const fetched = Object.entries(lock.packages).filter(([path]) => path !== '');
    const strays = fetched.filter(([, entry]) => entry.resolved !== undefined);
    const unproven = fetched.filter(([, entry]) => entry.integrity === undefined && entry.inBundle !== true);
    expect([...strays, ...unproven].map(([path]) => path)).toEqual([]);
  });

  it('can be installed: the lock file holds every package that one in it asks for', () => {
    const { packages } = JSON.parse(readText('package-lock.json')) as {
      packages: Record<string, LockedPackage>;
    };
    expect(missingFromLock(packages)).toEqual([]);
  });

  it('says 127.0.0.1, never localhost, where the product connects or listens', () => {
    const slips = texts
      .filter(([path]) => /^(core|cli|electron|renderer|shared|resources)\//.test(path))
      .filter(([, text]) => /\/\/localhost\b|\blocalhost:[\d$]|host: ['"`]localhost/.test(text))
      .map(([path]) => path);
    expect(slips).toEqual([]);
  });
});

describe('package.json', () => {
  const { scripts } = packageManifest();

  it('has scripts of one word each, with a part after a colon at most', () => {
    expect(Object.keys(scripts).filter((name) => !/^[a-z]+(:[a-z0-9]+)?$/.test(name))).toEqual([]);
  });

  it.each([
    'start',
    'dev',
    'build',
    'test',
    'test:e2e',
    'test:electron',
    'lint',
    'typecheck',
    'bench',
    'package',
    'check',
  ])('has the script %s', (name) => {
    expect(scripts[name]).toBeTruthy();
  });

  it('names files in its scripts that exist', () => {
    const named = Object.values(scripts).flatMap((line) =>
      [...line.matchAll(/\b[\w/-]+\.(?:ts|js|json)\b/g)].map(([path]) => path),
    );
    const files = repositoryFiles();
    expect(named.filter((path) => !files.includes(path))).toEqual([]);
  });
});

describe('the repository check', () => {
  it.each([
    ['a home folder', '/home/alex/project/x'],
    ['a home folder on macOS', 'see /Users/alex/x'],
    ['a folder of a build machine', 'cd /workspace/main'],
    ['a home folder on Windows', 'C:\\Users\\alex'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
    ['a token', `ghp_${'a'.repeat(36)}`],
    ['an open merge', '\n<<<<<<< HEAD\n'],
  ])('refuses %s', (_what, text) => {
    expect(bannedIn('x', text)).toHaveLength(1);
  });

  it('notices a platform package that the lock file lost', () => {
    const packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-android': '1' } },
      'node_modules/a/node_modules/a-linux': {},
    };
    expect(missingFromLock(packages)).toEqual(['node_modules/a > a-android']);
  });

  it('refuses a host it does not know, and accepts examples', () => {
    expect(strangeHosts('x', 'https://mirror.corp.internal/npm')).toEqual(['x: mirror.corp.internal']);
    expect(
      strangeHosts('x', 'https://example.org http://127.0.0.1:7717 http://evil.test https://github.com/a/b'),
    ).toEqual([]);
  });
});
