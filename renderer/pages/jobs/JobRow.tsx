import { useStore } from 'zustand/react';

import type { Job } from '../../../shared/contract/job.ts';
import { ageText } from '../../../shared/view/quantities.ts';
import { Prose } from '../../components/Prose.tsx';
import { pageAddress } from '../../connection/page-route.ts';
import { instantAgeSeconds } from '../../store/selectors.ts';
import { commandText, jobFacts, jobGroup, jobReasons, jobShape, jobStateText } from '../../view/job-view.ts';
import { plainText } from '../../view/plain-text.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { JobActs } from './JobActs.tsx';
import { JobOutput } from './JobOutput.tsx';
import { SHAPES } from './job-shapes.ts';

interface JobRowProps {
  readonly job: Job;
  readonly parts: PageParts;
  readonly onChanged: () => void;
}

/** One job: what it runs, how it stands and why, and what a person may do with it. */
export function JobRow({ job, parts, onChanged }: JobRowProps) {
  const state = useStore(parts.store);
  const nowAt = state.snapshot?.at ?? job.createdAt;
  const ageOf = (at: string): string => ageText(instantAgeSeconds(state, at) ?? 0);
  return (
    <li className="job">
      <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[jobShape(job)]} />
      </svg>
      <div className="job-body">
        <h3>
          <code>{commandText(job.command)}</code>
        </h3>
        <p>
          <strong>{jobStateText(job, words)}</strong>
          {job.project !== null && (
            <>
              {' · '}
              <a href={pageAddress(job.project)}>
                <bdi>{plainText(job.project)}</bdi>
              </a>
            </>
          )}
        </p>
        {jobReasons(job, nowAt, words).map((reason) => (
          <p key={reason}>
            <Prose text={reason} />
          </p>
        ))}
        <p className="quiet small">{jobFacts(job, ageOf, words).join(' · ')}</p>
        {jobGroup(job) === 'over' && job.startedBy === 'core' && <JobOutput id={job.id} parts={parts} />}
      </div>
      <JobActs job={job} parts={parts} onChanged={onChanged} />
    </li>
  );
}
