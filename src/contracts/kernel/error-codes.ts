/**
 * The few ways in which a request can be refused. Each edge (REST, tRPC, sockets, CLI) maps them once:
 * `invalid` 400 · `unauthenticated` 401 · `forbidden` 403 · `not-found` 404 · `conflict` 409 ·
 * `too-large` 413 · `too-many` 429 · `unavailable` 503 · `internal` 500.
 */
export const errorCodes = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not-found",
  "conflict",
  "too-large",
  "too-many",
  "unavailable",
  "internal",
] as const;
