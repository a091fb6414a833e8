import { useState } from 'react';

import { Answer } from '../../components/Answer.tsx';
import { useAsked } from '../../components/asked-hook.ts';
import { Chevron } from '../../components/Signs.tsx';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';

const { jobsPage: said } = words;

/** The end of what a job printed; asked for only when somebody looks. */
export function JobOutput({ id, parts }: { id: string; parts: PageParts }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="job-output quiet small">
        <Chevron />
        {said.output}
      </summary>
      {isOpen && <Printed id={id} parts={parts} />}
    </details>
  );
}

function Printed({ id, parts }: { id: string; parts: PageParts }) {
  const { answer, again } = useAsked<{ output: string }>(
    parts,
    `/v1/jobs/${encodeURIComponent(id)}/output`,
    false,
  );
  return (
    <Answer answer={answer} onRetry={again}>
      {({ output }) =>
        output === '' ? (
          <p className="quiet small">{said.noOutput}</p>
        ) : (
          <pre className="job-printed small" tabIndex={0} aria-label={said.output} role="group">
            {printable(output)}
          </pre>
        )
      }
    </Answer>
  );
}

/** Line ends and tabs stay; other controls (colours, a moved cursor) and turned directions do not. */
function printable(output: string): string {
  return output
    .replaceAll(/\p{Cc}\[[\d;?]*[A-Za-z]/gu, '')
    .replaceAll(/(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}
