import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './components/App.tsx';
import { createCoreConnection } from './connection/core-connection.ts';
import { browserClock } from './connection/page-clock.ts';
import { takeSignInCode } from './connection/sign-in-code.ts';
import { afterEvent, createDashboardStore } from './store/dashboard-store.ts';
import { createWellbeingDesk } from './store/wellbeing-desk.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/level.css';
import './styles/chain.css';
import './styles/cards.css';
import './styles/panels.css';
import './styles/you.css';
import './styles/layout.css';

/** Ages on screen are told in steps of seconds; five is fine enough and costs nothing. */
const AGE_STEP_MS = 5_000;

const store = createDashboardStore();
const connection = createCoreConnection({
  fetch: (path, init) => fetch(path, init),
  clock: browserClock,
  onEvent(event) {
    store.setState((state) => afterEvent(state, event, browserClock.monotonicMs()));
    if (event.kind === 'live' || event.kind === 'snapshot') desk.refresh();
  },
});
const desk = createWellbeingDesk({
  ask: (method, body) => connection.ask(method, '/v1/wellbeing', body),
  clock: browserClock,
});

setInterval(() => {
  if (!document.hidden) store.setState({ nowMs: browserClock.monotonicMs() });
}, AGE_STEP_MS);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  store.setState({ nowMs: browserClock.monotonicMs() });
  connection.retryNow();
});
// `orch open` and the tray may give an open page a new code: only the fragment changes, nothing reloads.
window.addEventListener('hashchange', () => {
  const code = takeSignInCode(window.location, window.history);
  if (code !== null) connection.open(code);
});

const page = document.querySelector('#page');
if (page === null) throw new Error('index.html has no #page');
createRoot(page).render(
  <StrictMode>
    <App store={store} desk={desk} onRetry={() => connection.retryNow()} />
  </StrictMode>,
);
connection.open(takeSignInCode(window.location, window.history));
