import { useState } from 'react';
import { useStore } from 'zustand/react';

import type { AuditEntry } from '../../../shared/contract/record.ts';
import { Chevron } from '../../components/Signs.tsx';
import { addressOf, pageAddress } from '../../connection/page-route.ts';
import { decisionIdOf, detailText, MASK } from '../../view/audit-detail.ts';
import { clockTime } from '../../view/clock-time.ts';
import { plainText } from '../../view/plain-text.ts';
import { auditText } from '../../view/record-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { list: said } = words.auditPage;

/** One entry on a line; opened, all of it. */
export function AuditRow({ entry, parts }: { entry: AuditEntry; parts: PageParts }) {
  const [isOpen, setOpen] = useState(false);
  const nowAt = useStore(parts.store, ({ snapshot }) => snapshot?.at ?? entry.at);
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="audit-row">
          <Chevron />
          <time className="quiet" dateTime={entry.at}>
            {clockTime(entry.at, nowAt)}
          </time>
          <bdi className="audit-who">{plainText(entry.actor)}</bdi>
          <span className="audit-what">{auditText(entry, words)}</span>
          <bdi className="audit-project">
            {entry.project === null ? (
              <span className="quiet">{said.machine}</span>
            ) : (
              plainText(entry.project)
            )}
          </bdi>
          <span className="audit-why quiet">{plainText(entry.cause)}</span>
        </summary>
        {isOpen && <Detail entry={entry} />}
      </details>
    </li>
  );
}

function Detail({ entry }: { entry: AuditEntry }) {
  const [text, decision] = [detailText(entry), decisionIdOf(entry)];
  const isProject = entry.project !== null;
  return (
    <div className="audit-detail">
      <dl className="small">
        <dt>{said.number}</dt>
        <dd>{entry.sequence}</dd>
        <dt>{said.exact}</dt>
        <dd>{entry.at}</dd>
        <dt>{said.why}</dt>
        <dd>{plainText(entry.cause)}</dd>
        {text === null && (
          <>
            <dt>{said.detail}</dt>
            <dd>{said.noDetail}</dd>
          </>
        )}
      </dl>
      {text !== null && (
        <pre className="small" tabIndex={0} role="region" aria-label={said.detailOf(entry.sequence)}>
          {text}
        </pre>
      )}
      {text?.includes(MASK) === true && <p className="quiet small">{said.masked}</p>}
      {(decision !== null || isProject) && (
        <p className="audit-links small">
          {decision !== null && <a href={addressOf('decision', { id: decision })}>{said.decision}</a>}
          {isProject && (
            <a href={pageAddress(entry.project ?? '')}>{said.projectPage(plainText(entry.project ?? ''))}</a>
          )}
        </p>
      )}
    </div>
  );
}
