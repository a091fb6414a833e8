/** A request whose body nobody has read into a value: signatures are made over its bytes. */
export class RawRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;

  constructor(headers: RawRequest['headers'], body: Buffer) {
    this.headers = headers;
    this.body = body;
  }
}

/** An answer with a status of its own. */
export class Answer {
  readonly status: number;
  readonly value: unknown;

  constructor(status: number, value: unknown) {
    this.status = status;
    this.value = value;
  }
}
