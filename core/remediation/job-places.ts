import type { Running } from '../../shared/jobs/start-rule.ts';
import { holdsPlace, type JobRecord } from './job-record.ts';
import type { JobsBook } from './jobs-book.ts';

/** The places that are taken now, counted on as more are. */
export interface JobPlaces {
  readonly running: Running;
  readonly add: (record: Pick<JobRecord, 'project'>) => void;
}

export function jobPlaces(book: Pick<JobsBook, 'underWay'>): JobPlaces {
  let inAll = 0;
  const byProject = new Map<string | null, number>();
  const add: JobPlaces['add'] = ({ project }) => {
    inAll += 1;
    byProject.set(project, (byProject.get(project) ?? 0) + 1);
  };
  for (const { record } of book.underWay()) if (holdsPlace(record)) add(record);
  const running = {
    get inAll() {
      return inAll;
    },
    ofProject: (id: string | null) => byProject.get(id) ?? 0,
  };
  return { running, add };
}
