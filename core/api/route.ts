import type { z } from 'zod';

import type { CoreDoor } from './core-door.ts';

interface Row<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for a part that varies. */
  readonly path: string;
  /** First version that had it. */
  readonly since: string;
  readonly summary: string;
  /** True when no token is asked for. */
  readonly open?: boolean;
  /** For calls proven by a signature: `body` is a RawRequest of at most so many bytes. */
  readonly rawBodyBytes?: number;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly reply: z.ZodType;
  /** Answers with a value, or with JSON text that is sent as it is. */
  readonly handle: (
    door: CoreDoor,
    input: { params: z.infer<P>; query: z.infer<Q>; body: z.infer<B> },
  ) => unknown;
}

export type Route = Row<z.ZodType, z.ZodType, z.ZodType>;

export function row<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  route: Row<P, Q, B>,
): Route {
  return route;
}

/** JSON that is already text: the answers asked for most are kept ready. */
export class JsonText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
