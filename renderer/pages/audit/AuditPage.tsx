import { useRef, useState } from 'react';

import type { AuditEntry } from '../../../shared/contract/record.ts';
import type { AuditNames } from '../../../shared/contract/requests.ts';
import { Answer } from '../../components/Answer.tsx';
import { useAsked } from '../../components/asked-hook.ts';
import { PageFrame } from '../../components/PageFrame.tsx';
import { AUDIT_PAGE_ROWS, auditPath, isFiltered, NO_FILTER } from '../../view/audit-query.ts';
import type { AuditFilter } from '../../view/audit-query.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { AuditDownload } from './AuditDownload.tsx';
import { AuditFilters } from './AuditFilters.tsx';
import { AuditRow } from './AuditRow.tsx';
import './audit.css';

const { auditPage: said } = words;

/** Who did what and why: a page at a time, so that a long record is as quick as a short one. */
export default function AuditPage(parts: PageParts) {
  const [filter, setFilter] = useState(NO_FILTER);
  /** Where each page before this one began, so that there is a way back. */
  const [befores, setBefores] = useState<readonly number[]>([]);
  const list = useRef<HTMLElement>(null);
  const before = befores.at(-1) ?? null;
  // One more than is shown says whether there is an older page.
  const entries = useAsked<readonly AuditEntry[]>(
    parts,
    auditPath(filter, before, AUDIT_PAGE_ROWS + 1),
    before === null,
  );
  const names = useAsked<AuditNames>(parts, '/v1/audit/names');
  const choose = (next: AuditFilter): void => {
    setBefores([]);
    setFilter(next);
  };
  const turn = (next: readonly number[]): void => {
    setBefores(next);
    list.current?.focus({ preventScroll: true });
    list.current?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <PageFrame parts={parts} title={words.shell.pages.audit} lead={said.lead}>
      <div className="panel audit-tools">
        <AuditFilters
          names={names.answer.kind === 'ready' ? names.answer.value : null}
          filter={filter}
          onChoose={choose}
        />
        <AuditDownload ask={parts.ask} filter={filter} />
      </div>
      <section className="panel audit-list" aria-label={said.list.name} ref={list} tabIndex={-1}>
        <Answer answer={entries.answer} onRetry={entries.again}>
          {(found) => {
            const shown = found.slice(0, AUDIT_PAGE_ROWS);
            const last = shown.at(-1);
            const older = found.length > AUDIT_PAGE_ROWS && last !== undefined ? last.sequence : null;
            return (
              <>
                <Rows
                  entries={shown}
                  none={isFiltered(filter) ? said.list.noneFiltered : said.list.none}
                  parts={parts}
                />
                <Pager
                  entries={shown}
                  onNewer={befores.length > 0 ? () => turn(befores.slice(0, -1)) : null}
                  onOlder={older === null ? null : () => turn([...befores, older])}
                />
              </>
            );
          }}
        </Answer>
      </section>
    </PageFrame>
  );
}

function Rows(props: { entries: readonly AuditEntry[]; none: string; parts: PageParts }) {
  const { list } = said;
  if (props.entries.length === 0) return <p className="quiet">{props.none}</p>;
  return (
    <>
      <div className="audit-columns small quiet" aria-hidden="true">
        {[list.when, list.who, list.what, list.project, list.why].map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ul className="audit-rows">
        {props.entries.map((entry) => (
          <AuditRow key={entry.sequence} entry={entry} parts={props.parts} />
        ))}
      </ul>
    </>
  );
}

interface PagerProps {
  readonly entries: readonly AuditEntry[];
  /** Null where there is no such page. */
  readonly onNewer: (() => void) | null;
  readonly onOlder: (() => void) | null;
}

function Pager({ entries, onNewer, onOlder }: PagerProps) {
  if (onNewer === null && onOlder === null) return null;
  const { pages } = said;
  const [first, last] = [entries[0]?.sequence, entries.at(-1)?.sequence];
  return (
    <nav className="audit-pager" aria-label={pages.name}>
      <button type="button" className="button" disabled={onNewer === null} onClick={() => onNewer?.()}>
        {pages.newer}
      </button>
      <span className="small quiet" role="status">
        {first !== undefined && last !== undefined && pages.range(first, last)}
      </span>
      <button type="button" className="button" disabled={onOlder === null} onClick={() => onOlder?.()}>
        {pages.older}
      </button>
    </nav>
  );
}
