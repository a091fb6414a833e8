import { Panel } from '../../components/Panel.tsx';
import type { HistoryPlot } from '../../view/history-plots.ts';
import { words } from '../../words/words.ts';
import type { HistoryKit } from './history-kit.ts';

interface ChoicePanelProps {
  readonly kit: HistoryKit;
  readonly plots: readonly HistoryPlot[];
  readonly shown: readonly HistoryPlot[];
  readonly wide: boolean;
}

/** Which plots to show; remembered by this browser. */
export function ChoicePanel({ kit, plots, shown, wide }: ChoicePanelProps) {
  return (
    <Panel
      title={words.history.shown}
      summary={words.history.shownCount(shown.length, plots.length)}
      wide={wide}
    >
      <ul className="history-choices">
        {plots.map((plot) => (
          <li key={plot.id}>
            <label>
              <input
                type="checkbox"
                checked={shown.includes(plot)}
                onChange={(event) => kit.choice.set(plot.id, event.currentTarget.checked)}
              />
              <bdi>{plot.title}</bdi>
              {plot.isPrivate && <PrivateMark />}
            </label>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Beside everything that is about the person. */
export function PrivateMark() {
  return (
    <span className="history-private" title={words.history.privateHint}>
      {words.history.private}
    </span>
  );
}
