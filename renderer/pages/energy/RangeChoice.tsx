import { words } from '../../words/words.ts';

export const DAY_COUNTS = [7, 30, 90] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

interface RangeChoiceProps {
  readonly count: DayCount;
  readonly onChoose: (count: DayCount) => void;
}

export function RangeChoice({ count, onChoose }: RangeChoiceProps) {
  const { energyPage: said } = words;
  return (
    <fieldset className="energy-range">
      <legend className="visually-hidden">{said.rangeName}</legend>
      {DAY_COUNTS.map((days) => (
        <label key={days} className="energy-choice">
          <input
            type="radio"
            name="energy-range"
            className="visually-hidden"
            checked={days === count}
            onChange={() => onChoose(days)}
          />
          <span>{said.ranges[days]}</span>
        </label>
      ))}
    </fieldset>
  );
}
