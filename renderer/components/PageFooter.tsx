import type { Snapshot } from '../../shared/contract/state.ts';
import { ageText } from '../../shared/view/quantities.ts';
import type { DashboardState } from '../store/dashboard-store.ts';
import { snapshotAgeSeconds } from '../store/selectors.ts';
import { words } from '../words/words.ts';

export function PageFooter({ state, snapshot }: { state: DashboardState; snapshot: Snapshot }) {
  return (
    <footer>
      <span>{connectionText(state)}</span>
      <span>{words.footer.version(snapshot.version)}</span>
    </footer>
  );
}

function connectionText(state: DashboardState): string {
  switch (state.connection.kind) {
    case 'live':
      return words.footer.live(ageText(snapshotAgeSeconds(state)));
    case 'lost':
      return words.footer.lost;
    default:
      return words.footer.connecting;
  }
}
