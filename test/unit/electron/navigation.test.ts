import { describe, expect, it } from 'vitest';

import { decideExternal, decideNavigation, decidePermission } from '../../../electron/navigation.ts';

const core = 'http://127.0.0.1:7717';

describe('a window goes nowhere but to the core', () => {
  it.each([
    ['http://127.0.0.1:7717/#code=x', 'allow'],
    ['http://127.0.0.1:7717/?load=2', 'allow'],
    ['http://127.0.0.1:7718/', 'deny'],
    ['https://127.0.0.1:7717/', 'deny'],
    ['http://localhost:7717/', 'deny'],
    ['http://127.0.0.1:7717.evil.com/', 'deny'],
    ['http://127.0.0.1:7717@evil.com/', 'deny'],
    ['http://me:secret@127.0.0.1:7717/', 'deny'],
    ['https://evil.com/', 'deny'],
    ['app://127.0.0.1:7717/', 'deny'],
    ['file:///etc/passwd', 'deny'],
    ['javascript:alert(1)', 'deny'],
    ['data:text/html,x', 'deny'],
    ['about:blank', 'deny'],
    ['', 'deny'],
  ])('%s: %s', (url, decision) => {
    expect(decideNavigation(url, core)).toBe(decision);
  });

  it('and without a core nowhere at all', () => {
    expect(decideNavigation('http://127.0.0.1:7717/', null)).toBe('deny');
  });
});

describe('only https pages of listed sites reach the browser', () => {
  it.each([
    ['https://github.com/owner/name/pull/1', 'allow'],
    ['https://github.com:8443/', 'deny'],
    ['http://github.com/', 'deny'],
    ['https://github.com.evil.com/', 'deny'],
    ['https://evil.com/github.com', 'deny'],
    ['https://me@github.com/', 'deny'],
    ['https://gith\u0443b.com/', 'deny'],
    ['https://www.github.com/', 'deny'],
    ['file:///etc/passwd', 'deny'],
    ['smb://host/share', 'deny'],
    ['\\\\host\\share', 'deny'],
    ['javascript:alert(1)', 'deny'],
    ['data:text/html,x', 'deny'],
    ['vscode://open?x', 'deny'],
    ['not an address', 'deny'],
  ])('%s: %s', (url, decision) => {
    expect(decideExternal(url)).toBe(decision);
  });
});

describe('permissions', () => {
  it.each([
    'notifications',
    'media',
    'geolocation',
    'midi',
    'usb',
    'serial',
    'hid',
    'openExternal',
    'fullscreen',
    'clipboard-read',
    'made-up',
  ])('%s is refused', (permission) => {
    expect(decidePermission(permission, `${core}/`, core)).toBe('deny');
  });

  it('copying text is allowed to the dashboard alone', () => {
    expect(decidePermission('clipboard-sanitized-write', `${core}/`, core)).toBe('allow');
    expect(decidePermission('clipboard-sanitized-write', 'https://evil.com/', core)).toBe('deny');
  });
});
