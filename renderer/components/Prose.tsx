import { proseParts } from '../view/plain-text.ts';

/** Text from the core; what stands in backticks is something to type. */
export function Prose(props: { text: string }) {
  return proseParts(props.text).map((part, index) =>
    part.isCode ? <code key={index}>{part.text}</code> : <span key={index}>{part.text}</span>,
  );
}
