import { useId } from 'react';

interface OneOfProps<T extends string | number> {
  /** What is chosen, for a screen reader. */
  readonly name: string;
  readonly choices: readonly T[];
  readonly labels: Readonly<Record<T, string>>;
  /** Null while none of them is. */
  readonly chosen: T | null;
  readonly onChoose: (choice: T) => void;
}

/** A few choices in a row, one of them taken. */
export function OneOf<T extends string | number>({ name, choices, labels, chosen, onChoose }: OneOfProps<T>) {
  const group = useId();
  return (
    <fieldset className="one-of">
      <legend className="visually-hidden">{name}</legend>
      {choices.map((choice) => (
        <label key={choice} className="one-of-choice">
          <input
            type="radio"
            name={group}
            className="visually-hidden"
            checked={choice === chosen}
            onChange={() => onChoose(choice)}
          />
          <span>{labels[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
}
