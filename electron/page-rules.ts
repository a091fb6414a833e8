import type { App, Session, Shell, WebContents } from 'electron';

import { decideExternal, decideNavigation, decidePermission } from './navigation.ts';

export interface PageRulesParts {
  readonly app: Pick<App, 'on'>;
  readonly session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >;
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly coreOrigin: () => string | null;
}

/**
 * Holds every page that will ever be made to the decisions of navigation.ts: no way out of the core's origin,
 * no second window, no embedded guest, no permission.
 */
export function installPageRules({ app, session, shell, coreOrigin }: PageRulesParts): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, shell, coreOrigin));
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(decidePermission(permission, contents.getURL(), coreOrigin()) === 'allow');
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => decidePermission(permission, origin, coreOrigin()) === 'allow',
  );
  session.setDevicePermissionHandler(() => false);
}

function guardContents(
  contents: WebContents,
  shell: Pick<Shell, 'openExternal'>,
  coreOrigin: () => string | null,
): void {
  const hold = (event: { preventDefault(): void; url: string }): void => {
    if (decideNavigation(event.url, coreOrigin()) === 'deny') event.preventDefault();
  };
  contents.on('will-navigate', hold);
  contents.on('will-frame-navigate', hold);
  contents.on('will-redirect', hold);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (decideExternal(url) === 'allow') void shell.openExternal(url);
    return { action: 'deny' };
  });
}
