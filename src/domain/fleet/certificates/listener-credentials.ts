import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { Ground } from "@/domain/kernel";
import type { Env } from "@/platform/env";
import { ensureAuthority } from "./authority";
import { revocationList } from "./revocation-list";
import { newSerial, validFrom } from "./serial";
import { makeKeyPair, signLeaf } from "./signing";

/** PEM texts: what the listener shows of itself, and whose client certificates it takes. */
export type ListenerCredentials = {
  cert: string;
  key: string;
  ca: string;
  /** What our authority took back, as it stands now; null for an outside authority, whose list we do not have. */
  revocations: (() => Promise<string>) | null;
};

/**
 * What the listener for agents needs: the server's own certificate, or else one for the host of `MC_URL` that our
 * authority signs at each start, valid as long as the authority; its key never leaves the memory.
 */
export async function listenerCredentials(
  ground: Ground,
  env: Pick<Env, "url" | "host" | "tlsCert" | "tlsKey" | "agentCa">,
): Promise<ListenerCredentials> {
  const authority = await ensureAuthority(ground);
  const ca = env.agentCa ? readFileSync(env.agentCa, "utf8") : authority.certificatePem;
  const revocations = env.agentCa ? null : () => revocationList(ground, authority);
  if (env.tlsCert && env.tlsKey) {
    const [cert, key] = [readFileSync(env.tlsCert, "utf8"), readFileSync(env.tlsKey, "utf8")];
    return { cert, key, ca, revocations };
  }
  const { pair, keyPem } = await makeKeyPair();
  const host = new URL(env.url).hostname.replace(/^\[|\]$/g, "");
  const listening = env.host === "0.0.0.0" || env.host === "::" ? [] : [env.host];
  const signed = await signLeaf(authority, {
    commonName: host.slice(0, 64),
    names: [...new Set([host, ...listening])].map((value) => ({ type: isIP(value) ? "ip" : "dns", value })),
    use: "server",
    serial: newSerial(ground.ids),
    validity: { from: validFrom(ground.clock.now()), to: authority.expiresAt },
    publicKey: pair.publicKey,
  });
  return { cert: `${signed.toString("pem")}\n${authority.certificatePem}\n`, key: keyPem, ca, revocations };
}
