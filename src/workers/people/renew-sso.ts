import type { Ground } from "@/domain/kernel";
import { renewSsoSessions, type Sso } from "@/domain/people/sso";
import { startLoop } from "@/platform/loop";

const everyMs = 30_000;

/** Renews sessions of single sign-on before their token ends. Run it under the lease `sso`. */
export function startSsoRenewal(ground: Ground, sso: Sso) {
  return startLoop({
    name: "sso",
    everyMs,
    clock: ground.clock,
    log: ground.log,
    run: (signal) => renewSsoSessions(ground, sso, signal),
  });
}
