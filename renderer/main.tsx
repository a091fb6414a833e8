import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './components/App.tsx';
import type { AppParts } from './components/App.tsx';
import { createCoreConnection } from './connection/core-connection.ts';
import { browserClock } from './connection/page-clock.ts';
import { pageAddress } from './connection/page-route.ts';
import { takePageRequest } from './connection/sign-in-code.ts';
import { afterEvent, atRoute, createDashboardStore } from './store/dashboard-store.ts';
import { createProjectRecord } from './store/project-record.ts';
import { createSimulator } from './store/simulator.ts';
import { createWellbeingDesk } from './store/wellbeing-desk.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/level.css';
import './styles/chain.css';
import './styles/cards.css';
import './styles/panels.css';
import './styles/you.css';
import './styles/project.css';
import './styles/forms.css';
import './styles/layout.css';
import './styles/shell.css';
import './styles/page.css';
import './styles/now.css';

/** Ages on screen are told in steps of seconds; five is fine enough and costs nothing. */
const AGE_STEP_MS = 5_000;

const store = createDashboardStore();
const connection = createCoreConnection({
  fetch: (path, init) => fetch(path, init),
  clock: browserClock,
  onEvent(event) {
    store.setState((state) => afterEvent(state, event, browserClock.monotonicMs()));
    if (event.kind === 'live' || event.kind === 'snapshot') {
      desk.refresh();
      record.refresh();
    }
  },
});
const desk = createWellbeingDesk({
  ask: (method, body) => connection.ask(method, '/v1/wellbeing', body),
  clock: browserClock,
});

const record = createProjectRecord((path) => connection.ask('GET', path));
const simulator = createSimulator({ ask: (path) => connection.ask('GET', path), clock: browserClock });

/** Shows what the address asks for; whoever is signed in stays so unless there is a new code. */
const readAddress = (): string | null => {
  const { code, route, isTrayMissing } = takePageRequest(window.location, window.history);
  store.setState((state) => ({ ...atRoute(state, route), ...(isTrayMissing ? { isTrayMissing } : {}) }));
  return code;
};

setInterval(() => {
  if (!document.hidden) store.setState({ nowMs: browserClock.monotonicMs() });
}, AGE_STEP_MS);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  store.setState({ nowMs: browserClock.monotonicMs() });
  connection.retryNow();
});
// A link inside the page, a step back, or a new code from `orch open`: only the fragment changes, nothing reloads.
window.addEventListener('hashchange', () => {
  const code = readAddress();
  if (code !== null) connection.open(code);
});

const page = document.querySelector('#page');
if (page === null) throw new Error('index.html has no #page');
const parts: AppParts = {
  store,
  desk,
  record,
  simulator,
  clock: browserClock,
  ask: (method, path, body) => connection.ask(method, path, body),
  openProject: (id) => window.location.assign(pageAddress(id)),
  onRetry: () => connection.retryNow(),
};
const firstCode = readAddress();
// The first page was not come to from another one.
store.setState({ cameFrom: null });
createRoot(page).render(
  <StrictMode>
    <App parts={parts} />
  </StrictMode>,
);
connection.open(firstCode);
