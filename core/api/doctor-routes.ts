import { doctorReplySchema } from '../../shared/contract/doctor.ts';
import { row, type Route } from './route.ts';

/** The one answer that is waited for: it looks at the machine anew. */
export const DOCTOR_ROUTES: readonly Route[] = [
  row({
    method: 'GET',
    path: '/v1/doctor',
    since: '0.1.0',
    summary: 'Runs the self-check now and answers when it ends, within 5 s or so.',
    reply: doctorReplySchema,
    handle: (door) => door.doctor.examine(),
  }),
];
