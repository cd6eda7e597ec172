import type { Env } from "./env-shape";
import { isLoopback } from "./loopback";

type Services = Pick<Env, "databaseUrl" | "redisUrl" | "smtpUrl" | "unencryptedAllow">;

/**
 * Services elsewhere that would be spoken to in the clear, in production: passwords, sessions and facts travel there.
 * A host that is named in MC_UNENCRYPTED_ALLOW is excepted, as in a private network of containers. Mail needs no
 * word here: STARTTLS is demanded of a host that is not excepted.
 */
export function clearTextFaults({ databaseUrl, redisUrl, unencryptedAllow }: Services): string[] {
  const mayBeClear = (url: URL) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    return host === "" || isLoopback(host) || unencryptedAllow.includes(host);
  };
  const faults: string[] = [];
  const database = databaseUrl ? new URL(databaseUrl) : null;
  if (database && !mayBeClear(database) && !encrypts(database)) {
    faults.push(
      `DATABASE_URL leads to ${database.hostname} in the clear. Add ?sslmode=verify-full (or require), or name the host in MC_UNENCRYPTED_ALLOW.`,
    );
  }
  const redis = redisUrl ? new URL(redisUrl) : null;
  if (redis && redis.protocol === "redis:" && !mayBeClear(redis)) {
    faults.push(
      `REDIS_URL leads to ${redis.hostname} in the clear. Use rediss:, or name the host in MC_UNENCRYPTED_ALLOW.`,
    );
  }
  return faults;
}

/** `prefer` and `allow` fall back to plain text when somebody in between asks for it. */
const encrypts = ({ searchParams }: URL) =>
  ["require", "verify-ca", "verify-full", "true"].includes(
    searchParams.get("sslmode") ?? searchParams.get("ssl") ?? "",
  );
