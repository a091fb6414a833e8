import { useState } from 'react';

import type { SettingField } from '../../view/setting-schema.ts';
import { asLines, asNumber, asText, jsonOf, linesOf } from '../../view/setting-text.ts';
import { words } from '../../words/words.ts';

interface SettingControlProps {
  readonly id: string;
  readonly field: SettingField;
  readonly value: unknown;
  readonly isWrong: boolean;
  readonly describedBy: string;
  readonly canAct: boolean;
  readonly onChange: (value: unknown) => void;
}

/** The control for one kind of value. What cannot be a value is handed on as it was typed: the core says why. */
export function SettingControl(props: SettingControlProps) {
  const { id, field, value, canAct, onChange } = props;
  const control = {
    id,
    disabled: !canAct,
    'aria-invalid': props.isWrong,
    'aria-describedby': props.describedBy,
  };
  switch (field.kind) {
    case 'fixed':
      return <output id={id}>{asText(value)}</output>;
    case 'switch':
      return (
        <span className="setting-switch">
          <input
            {...control}
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
          <span aria-hidden="true">{value === true ? words.settingsPage.on : words.settingsPage.off}</span>
        </span>
      );
    case 'choice':
      return (
        <select
          {...control}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        >
          {(field.isNullable || value === null || value === undefined) && (
            <option value="">{words.settingsPage.choiceNone}</option>
          )}
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      );
    case 'lines':
      return (
        <Typed
          {...props}
          rows={Math.min(8, Math.max(2, linesOf(value).length + 1))}
          shown={linesOf(value).join('\n')}
          read={asLines}
        />
      );
    case 'json':
      return <Typed {...props} rows={4} shown={jsonOf(value)} read={asJson} />;
    case 'number':
      return <Typed {...props} rows={1} shown={asText(value)} read={(text) => asNumber(text, field)} />;
    case 'text':
      return (
        <Typed
          {...props}
          rows={1}
          shown={asText(value)}
          read={(text) => (text.trim() === '' && field.isNullable ? null : text.trim())}
        />
      );
  }
}

/** Keeps what is typed as it is typed, as long as it means the value that is shown. */
function Typed(
  props: SettingControlProps & { rows: number; shown: string; read: (text: string) => unknown },
) {
  const { id, field, rows, shown, read, canAct, onChange } = props;
  const [typed, setTyped] = useState(shown);
  const isCurrent = JSON.stringify(read(typed)) === JSON.stringify(read(shown));
  const control = {
    id,
    disabled: !canAct,
    'aria-invalid': props.isWrong,
    'aria-describedby': props.describedBy,
    autoComplete: 'off',
    spellCheck: false,
    value: isCurrent ? typed : shown,
    onChange: (event: { currentTarget: { value: string } }) => {
      setTyped(event.currentTarget.value);
      onChange(read(event.currentTarget.value));
    },
  };
  if (rows > 1) return <textarea {...control} rows={rows} />;
  return (
    <input
      {...control}
      type="text"
      inputMode={field.kind === 'number' ? (field.isWhole ? 'numeric' : 'decimal') : undefined}
    />
  );
}

function asJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
