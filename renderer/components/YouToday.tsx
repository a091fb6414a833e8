import { useStore } from 'zustand/react';

import { WELLBEING_TAGS } from '../../shared/contract/vocabulary.ts';
import { currentWellbeing } from '../store/wellbeing-desk.ts';
import type { WellbeingDesk } from '../store/wellbeing-desk.ts';
import { wellbeingSummary } from '../view/wellbeing-view.ts';
import { words } from '../words/words.ts';

interface YouTodayProps {
  readonly desk: WellbeingDesk;
  /** Without a core nothing can be kept. */
  readonly canSave: boolean;
}

/** The person's own capacity: a number, what else counts, and that it is private. */
export function YouToday({ desk, canSave }: YouTodayProps) {
  const state = useStore(desk.store);
  if (state.kept === null) return null;
  const { value, tags } = currentWellbeing(state);
  return (
    <section className="panel you" aria-label={words.you.name}>
      <div className="panel-head">
        <h2>{words.you.name}</h2>
        <span className="panel-summary">{wellbeingSummary(state, words)}</span>
      </div>
      <div className="you-slider">
        <input
          type="range"
          min={0}
          max={100}
          value={value}
          disabled={!canSave}
          aria-label={words.you.slider}
          onChange={(event) => desk.setValue(event.currentTarget.valueAsNumber)}
        />
        <span className="you-value">{value}</span>
      </div>
      <fieldset className="you-tags" disabled={!canSave}>
        <legend className="visually-hidden">{words.you.tagsName}</legend>
        {WELLBEING_TAGS.map((tag) => (
          <label key={tag}>
            <input
              type="checkbox"
              checked={tags.includes(tag)}
              onChange={(event) => desk.setTag(tag, event.currentTarget.checked)}
            />
            {words.you.tags[tag]}
          </label>
        ))}
      </fieldset>
      {state.hasFailed && <p role="alert">{words.you.failed}</p>}
      <p className="quiet small">{words.you.private}</p>
    </section>
  );
}
