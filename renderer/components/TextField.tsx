import type { Act } from './act.ts';
import { Field } from './Field.tsx';

interface TextFieldProps {
  /** As the core calls it: its refusals name it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly act: Act;
  readonly maxLength: number;
  readonly isRequired?: boolean;
  /** A path, a hash or a name: neither completed nor spelled for the person. */
  readonly isLiteral?: boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A line of text with its label, its hint, and what was wrong with it. */
export function TextField(props: TextFieldProps) {
  const { name, label, hint, act, maxLength, value, onChange } = props;
  return (
    <Field name={name} label={label} act={act} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <input
          {...control}
          type="text"
          required={props.isRequired === true}
          maxLength={maxLength}
          {...(props.isLiteral === true ? { autoComplete: 'off', spellCheck: false } : {})}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
