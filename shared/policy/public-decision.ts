import type { Decision } from '../contract/decision.ts';

const PRIVATE_CODES: readonly string[] = ['wellbeing-safe'];
const PRIVATE_TEXT = 'The person asked for review.';

/** The decision as it may leave this machine: the same verdict, nothing about how the person feels. */
export function publicDecision(decision: Decision): Decision {
  if (!decision.reasons.some(isPrivate)) return decision;
  const reasons = decision.reasons.map((reason) =>
    isPrivate(reason) ? { ...reason, code: 'mode-safe', text: PRIVATE_TEXT } : reason,
  );
  return {
    ...decision,
    reasons,
    bindingReason: decision.bindingReason === null ? null : (reasons[0]?.text ?? null),
  };
}

function isPrivate(reason: { readonly code: string; readonly text: string }): boolean {
  return PRIVATE_CODES.includes(reason.code) || /\bwell-being\b/i.test(reason.text);
}
