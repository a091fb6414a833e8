import type { Act } from './act.ts';
import { Field } from './Field.tsx';

interface ChoiceFieldProps<T extends string | number> {
  /** As the core calls it: its refusals name it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly act: Act;
  readonly choices: readonly T[];
  readonly textOf: (choice: T) => string;
  readonly value: T;
  readonly onChange: (choice: T) => void;
}

/** One of a few in a list that folds, with its label, its hint, and what was wrong with it. */
export function ChoiceField<T extends string | number>(props: ChoiceFieldProps<T>) {
  const { name, label, hint, act, choices, textOf, value, onChange } = props;
  return (
    <Field name={name} label={label} act={act} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={(event) => {
            const chosen = choices[event.currentTarget.selectedIndex];
            if (chosen !== undefined) onChange(chosen);
          }}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {textOf(choice)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
