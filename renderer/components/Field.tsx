import { useId } from 'react';
import type { ReactNode } from 'react';

import type { Act } from './act.ts';

/** What a control of a field carries. */
export interface FieldControl {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  /** As the core calls it: its refusals name it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly act: Act;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A control with its label, its hint, and what was wrong with it. */
export function Field({ name, label, hint, act, children }: FieldProps) {
  const id = useId();
  const error = act.refusal?.field === name ? act.refusal.text : null;
  const described = [
    ...(error === null ? [] : [`${id}-error`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ].join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        name,
        'aria-invalid': error !== null,
        'aria-describedby': described === '' ? undefined : described,
      })}
      {error !== null && (
        <p id={`${id}-error`} className="field-error small">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="quiet small">
          {hint}
        </p>
      )}
    </div>
  );
}
