import { useId } from 'react';

import type { AuditNames } from '../../../shared/contract/requests.ts';
import { isFiltered, NO_FILTER } from '../../view/audit-query.ts';
import type { AuditFilter } from '../../view/audit-query.ts';
import { plainText, spacedWords } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';

const { filters: said } = words.auditPage;

interface AuditFiltersProps {
  /** Null until the core told them. */
  readonly names: AuditNames | null;
  readonly filter: AuditFilter;
  readonly onChoose: (filter: AuditFilter) => void;
}

export function AuditFilters({ names, filter, onChoose }: AuditFiltersProps) {
  return (
    <form className="audit-filters" aria-label={said.name} onSubmit={(event) => event.preventDefault()}>
      <Choice
        label={said.project}
        values={names?.projects ?? []}
        chosen={filter.project}
        textOf={plainText}
        onChoose={(project) => onChoose({ ...filter, project })}
      />
      <Choice
        label={said.actor}
        values={names?.actors ?? []}
        chosen={filter.actor}
        textOf={plainText}
        onChoose={(actor) => onChoose({ ...filter, actor })}
      />
      <Choice
        label={said.act}
        values={names?.acts ?? []}
        chosen={filter.act}
        textOf={(act) => words.page.audit.acts[act] ?? spacedWords(act)}
        onChoose={(act) => onChoose({ ...filter, act })}
      />
      {isFiltered(filter) && (
        <button type="button" className="button" onClick={() => onChoose(NO_FILTER)}>
          {said.clear}
        </button>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly chosen: string;
  readonly textOf: (value: string) => string;
  readonly onChoose: (value: string) => void;
}

function Choice({ label, values, chosen, textOf, onChoose }: ChoiceProps) {
  const id = useId();
  // What is chosen stays to be seen, also when the list came without it.
  const all = chosen === '' || values.includes(chosen) ? values : [chosen, ...values];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{said.all}</option>
        {all.map((value) => (
          <option key={value} value={value}>
            {textOf(value)}
          </option>
        ))}
      </select>
    </div>
  );
}
