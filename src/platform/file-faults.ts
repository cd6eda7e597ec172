import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Env } from "./env-shape";

type Files = Pick<Env, "tlsCert" | "tlsKey" | "agentCa" | "agentCaCrl">;

/** Files that the settings name and that can't be used, each in words; none of them is only met by the first visitor. */
export function fileFaults(env: Files): string[] {
  return [
    fault("MC_TLS_CERT", env.tlsCert, "a certificate in PEM", (pem) => new X509Certificate(pem)),
    fault("MC_TLS_KEY", env.tlsKey, "a private key in PEM without a password", (pem) =>
      createPrivateKey(pem),
    ),
    fault("MC_AGENT_CA", env.agentCa, "a certificate in PEM", (pem) => new X509Certificate(pem)),
    fault("MC_AGENT_CA_CRL", env.agentCaCrl, "a revocation list in PEM (BEGIN X509 CRL)", demandList),
  ].flatMap((words) => words ?? []);
}

function fault(
  setting: string,
  path: string | undefined,
  what: string,
  read: (pem: string) => unknown,
): string | null {
  if (path === undefined) return null;
  let pem: string;
  try {
    pem = readFileSync(path, "utf8");
  } catch (error) {
    return `${setting} names ${path}, which ${whyNot(error)}.`;
  }
  try {
    read(pem);
    return null;
  } catch {
    return `${setting} names ${path}, which is not ${what}.`;
  }
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "does not exist";
  if (code === "EACCES") return "this user may not read";
  return code === "EISDIR" ? "is a folder" : "can't be read";
}

function demandList(pem: string): void {
  if (!/-----BEGIN X509 CRL-----[\s\S]+-----END X509 CRL-----/.test(pem)) throw new Error("no list");
}
