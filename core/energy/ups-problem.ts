/** How a conversation with a UPS daemon ended badly. */
export type UpsProblemKind = 'address' | 'refused' | 'silent' | 'closed' | 'garbled' | 'denied' | 'tls';

/** The exact cause, as a sentence for a person: "nothing listens at 127.0.0.1:3493 (connection refused)". */
export class UpsProblem extends Error {
  readonly kind: UpsProblemKind;

  constructor(kind: UpsProblemKind, message: string) {
    super(message);
    this.name = 'UpsProblem';
    this.kind = kind;
  }
}

/** A server's text cut down to what may stand in a message: one line, printable, at most 60 characters. */
export function quotedText(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?');
  return `"${printable.length > 60 ? `${printable.slice(0, 57)}...` : printable}"`;
}
