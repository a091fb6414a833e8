import type { Job } from '../../../shared/contract/job.ts';
import { useAsked } from '../../components/asked-hook.ts';
import { NonePanel } from '../../components/NonePanel.tsx';
import { PageFrame } from '../../components/PageFrame.tsx';
import { Panel } from '../../components/Panel.tsx';
import { JOB_GROUPS, jobGroup } from '../../view/job-view.ts';
import type { JobGroup } from '../../view/job-view.ts';
import { words } from '../../words/words.ts';
import type { PageParts } from '../page-parts.ts';
import { ActionsPanel } from './ActionsPanel.tsx';
import { InstancesPanel } from './InstancesPanel.tsx';
import { JobRow } from './JobRow.tsx';
import { SchedulesPanel } from './SchedulesPanel.tsx';
import './jobs.css';

const { jobsPage: said } = words;
const MOST_SHOWN = 50;

/** Work that waits for power: what runs, what waits and why, how the rest ended; schedules and instances. */
export default function JobsPage(parts: PageParts) {
  const { answer, again } = useAsked<readonly Job[]>(parts, '/v1/jobs');
  return (
    <PageFrame parts={parts} title={words.shell.pages.jobs} lead={said.lead}>
      <ActionsPanel parts={parts} />
      {answer.kind === 'ready' && answer.value.length > 0 ? (
        JOB_GROUPS.map((group) => (
          <JobPanel
            key={group}
            group={group}
            jobs={answer.value.filter((job) => jobGroup(job) === group)}
            parts={parts}
            onChanged={again}
          />
        ))
      ) : (
        <NonePanel answer={answer} onRetry={again} none={said.none} />
      )}
      <SchedulesPanel parts={parts} />
      <InstancesPanel parts={parts} />
    </PageFrame>
  );
}

interface JobPanelProps {
  readonly group: JobGroup;
  readonly jobs: readonly Job[];
  readonly parts: PageParts;
  readonly onChanged: () => void;
}

function JobPanel({ group, jobs, parts, onChanged }: JobPanelProps) {
  if (jobs.length === 0) return null;
  return (
    <Panel title={said.groups[group]} summary={String(jobs.length)} wide={parts.wide} open>
      <ul className="jobs">
        {jobs.slice(0, MOST_SHOWN).map((job) => (
          <JobRow key={job.id} job={job} parts={parts} onChanged={onChanged} />
        ))}
      </ul>
      {jobs.length > MOST_SHOWN && <p className="quiet small">{said.more(jobs.length - MOST_SHOWN)}</p>}
    </Panel>
  );
}
