import { tellExpiringCertificates } from "@/domain/fleet/certificates";
import type { Ground } from "@/domain/kernel";
import { startLoop } from "@/platform/loop";

const everyMs = 60 * 60_000;

/** Tells of agents' certificates that end within weeks. Run it under the lease `certificates`. */
export function startExpiryNotices(ground: Ground) {
  return startLoop({
    name: "certificates",
    everyMs,
    clock: ground.clock,
    log: ground.log,
    run: async () => {
      await tellExpiringCertificates(ground);
    },
  });
}
