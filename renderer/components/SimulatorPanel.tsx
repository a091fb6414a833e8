import { useId } from 'react';
import { useStore } from 'zustand/react';

import { CHANGE_TYPES } from '../../shared/contract/vocabulary.ts';
import { percentText } from '../../shared/view/quantities.ts';
import { VERDICT_WORDS } from '../../shared/view/verdict-words.ts';
import type { SimulateReply } from '../../shared/contract/requests.ts';
import type { Simulator } from '../store/simulator.ts';
import { sentence } from '../view/plain-text.ts';
import { words } from '../words/words.ts';
import { Panel } from './Panel.tsx';
import { Prose } from './Prose.tsx';
import { VerdictMark } from './VerdictMark.tsx';

const POWERS = ['battery', 'ac'] as const;

interface SimulatorPanelProps {
  readonly simulator: Simulator;
  readonly projectId: string;
  readonly wide: boolean;
}

/** "What would happen at 12 %?": the core's own rules for made-up power, marked as made up. */
export function SimulatorPanel({ simulator, projectId, wide }: SimulatorPanelProps) {
  const { madeUp, answer } = useStore(simulator.store);
  const [slider, group] = [useId(), useId()];
  const { simulator: said } = words.page;
  return (
    <Panel
      title={said.name}
      summary={`${percentText(madeUp.percent)}, ${said[madeUp.power].toLowerCase()}`}
      wide={wide}
    >
      <div>
        <div className="made-up">
          <label htmlFor={slider}>{said.percent}</label>
          <div className="you-slider">
            <input
              id={slider}
              type="range"
              min={1}
              max={100}
              value={madeUp.percent}
              aria-valuetext={percentText(madeUp.percent)}
              onChange={(event) => simulator.set({ percent: event.currentTarget.valueAsNumber })}
            />
            <span className="you-value">{percentText(madeUp.percent)}</span>
          </div>
          <fieldset className="choices">
            <legend className="visually-hidden">{said.power}</legend>
            {POWERS.map((power) => (
              <label key={power}>
                <input
                  type="radio"
                  name={group}
                  checked={madeUp.power === power}
                  onChange={() => simulator.set({ power })}
                />
                {said[power]}
              </label>
            ))}
          </fieldset>
          {answer.kind === 'loading' && <p className="quiet small">{words.page.loading}</p>}
          {answer.kind === 'failed' && (
            <p className="failed">
              <span>{words.page.failed}</span>
              <button type="button" className="button" onClick={() => simulator.retry()}>
                {words.page.retry}
              </button>
            </p>
          )}
          {answer.kind === 'ready' && <MadeUpAnswer reply={answer.value} projectId={projectId} />}
          <p className="quiet small">{said.madeUp}</p>
        </div>
      </div>
    </Panel>
  );
}

function MadeUpAnswer({ reply, projectId }: { reply: SimulateReply; projectId: string }) {
  const decisions = reply.projects.find((project) => project.id === projectId)?.decisions ?? {};
  return (
    <div role="status">
      <p>
        <Prose text={sentence(words.page.simulator.wouldBe(reply.level, reply.why))} />
      </p>
      <ul className="made-up-verdicts" aria-label={words.page.simulator.answer}>
        {CHANGE_TYPES.map((change) => {
          const verdict = decisions[change]?.verdict ?? 'unknown';
          const why = decisions[change]?.bindingReason ?? null;
          return (
            <li key={change} data-verdict={verdict}>
              <VerdictMark verdict={verdict} />
              <span>
                <span className="change-name">{words.projects.changes[change]}</span>
                <span className="change-verdict">{VERDICT_WORDS[verdict].title}</span>
              </span>
              {why !== null && <span className="made-up-why quiet small">{sentence(why)}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
