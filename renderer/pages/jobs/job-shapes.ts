import type { JobShape } from '../../view/job-view.ts';

/** Paths in a box of 16 by 16. */
export const SHAPES: Readonly<Record<JobShape, string>> = {
  go: 'M5.5 3.5v9l7-4.5z',
  wait: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 4.5V8l2.5 1.5',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  done: 'M3.5 8.5l3 3 6-7',
  failed: 'M4 4l8 8M12 4l-8 8',
};
