/** What one client may ask of the endpoint. Each number is held by a test. */
export const LIMITS = {
  bodyBytes: 1024 * 1024,
  headerBytes: 8 * 1024,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  keepAliveTimeoutMs: 5_000,
  connectionsCheckMs: 1_000,
  connections: 256,
  /** Acting requests: steady rate and burst of the token bucket. */
  actsPerSecond: 10,
  actsBurst: 50,
  eventClients: 32,
  /** A reader of the event stream that falls this far behind is dropped; it resumes by Last-Event-ID. */
  eventBacklogBytes: 4 * 1024 * 1024,
  eventHeartbeatMs: 15_000,
  eventsKept: 256,
  signInCodeMs: 15 * 60_000,
  pageTokens: 64,
} as const;
