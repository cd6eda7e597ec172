import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { Ground } from "@/domain/kernel";
import type { Env } from "@/platform/env";
import { type Authority, ensureAuthority } from "./authority";
import { revocationList } from "./revocation-list";
import { newSerial, validFrom } from "./serial";
import { makeKeyPair, signLeaf } from "./signing";

type ListenerEnv = Pick<Env, "url" | "host" | "tlsCert" | "tlsKey" | "agentCa" | "agentCaCrl">;

/** PEM texts: what the listener shows of itself, whose client certificates it takes, and which were taken back. */
export type ListenerMaterial = { cert: string; key: string; ca: string; crl?: string };

export type ListenerCredentials = {
  /** As they are now: files are read anew, and our own revocation list is made anew. */
  read(): Promise<ListenerMaterial>;
  /** Files after whose change `read` answers something else. */
  files: string[];
};

/**
 * What the listener for agents needs: the server's own certificate, or else one for the host of `MC_URL` that our
 * authority signs at each start, valid as long as the authority; its key never leaves the memory. An outside
 * authority's revocation list is a file that somebody keeps fresh; without one, only what was revoked here counts.
 */
export async function listenerCredentials(ground: Ground, env: ListenerEnv): Promise<ListenerCredentials> {
  const authority = await ensureAuthority(ground);
  const own = env.tlsCert && env.tlsKey ? null : await ownIdentity(ground, env, authority);
  const identity = () =>
    own ?? { cert: readFileSync(env.tlsCert ?? "", "utf8"), key: readFileSync(env.tlsKey ?? "", "utf8") };
  const trust = async () => {
    if (!env.agentCa) {
      return { ca: authority.certificatePem, crl: await revocationList(ground, authority) };
    }
    const ca = readFileSync(env.agentCa, "utf8");
    return env.agentCaCrl ? { ca, crl: readFileSync(env.agentCaCrl, "utf8") } : { ca };
  };
  return {
    read: async () => ({ ...identity(), ...(await trust()) }),
    files: [...(own ? [] : [env.tlsCert, env.tlsKey]), env.agentCa, env.agentCaCrl].flatMap(
      (file) => file ?? [],
    ),
  };
}

async function ownIdentity(ground: Ground, env: ListenerEnv, authority: Authority) {
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
  return { cert: `${signed.toString("pem")}\n${authority.certificatePem}\n`, key: keyPem };
}
