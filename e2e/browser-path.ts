import { existsSync } from "node:fs";

const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The Chromium that the machine has: `MC_CHROMIUM`, or one at a usual place. Undefined: Playwright's own. */
export function browserPath(): string | undefined {
  return process.env.MC_CHROMIUM ?? known.find((path) => existsSync(path));
}
