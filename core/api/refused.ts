import type { ErrorCode } from '../../shared/contract/errors.ts';

/** A route's own "no", with the status and code the client will see. Anything else thrown is a 500. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(status: number, code: ErrorCode, message: string, field?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}
