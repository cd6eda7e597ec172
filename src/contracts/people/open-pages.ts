/**
 * Pages outside the console, by the first part of their path, and whether they ask who is there. A page of `src/app`
 * that stands neither here nor in the console is found by a test.
 */
export const pagesOutsideConsole = {
  a: "open",
  device: "session",
  enrol: "session",
  forgot: "open",
  invite: "open",
  link: "open",
  login: "open",
  recover: "open",
  reset: "open",
  setup: "open",
} as const satisfies Record<string, "open" | "session">;

/** Whether the page at this path is for people without a session. `path` may carry a query. */
export function isOpenPage(path: string): boolean {
  const first = /^\/([^/?#]+)/.exec(path)?.[1] ?? "";
  const pages: Record<string, "open" | "session"> = pagesOutsideConsole;
  return Object.hasOwn(pages, first) && pages[first] === "open";
}

/** Whether the path itself is a secret, the link of a message: it must not go along as a referrer, not even to us. */
export const isSecretPath = (path: string): boolean => path.startsWith("/a/");
