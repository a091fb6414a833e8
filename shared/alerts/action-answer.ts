import type { NoticeAction } from '../contract/alert.ts';
import type { ActionVerb } from '../contract/vocabulary.ts';

/** A button of a notice that answers an action of the core. */
export function answerAction(id: string, verb: ActionVerb, label: string): NoticeAction {
  return {
    id: verb,
    label,
    does: { kind: 'request', method: 'POST', path: `/v1/actions/${id}/${verb}`, body: {} },
  };
}
