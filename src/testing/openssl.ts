import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type SslIdentity = { certificate: string; key: string | null };
export type SslAnswer = { code: number; text: string };

/**
 * `openssl s_client` against a port of the loopback address: another TLS than ours judges the listener. Sends one
 * HTTP request and answers everything that came back, the alerts of TLS included.
 */
export async function sslClient(options: {
  port: number;
  ca: string;
  identity?: SslIdentity;
  arguments?: string[];
  path?: string;
}): Promise<SslAnswer> {
  const folder = await mkdtemp(join(tmpdir(), "mc-openssl-"));
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  try {
    const { identity } = options;
    const shown = identity
      ? ["-cert", await file("cert", identity.certificate), "-key", await file("key", identity.key ?? "")]
      : [];
    const trusted = ["-CAfile", await file("ca", options.ca), "-verify_return_error"];
    const to = ["-connect", `127.0.0.1:${options.port}`, "-ign_eof"];
    const child = spawn("openssl", ["s_client", ...to, ...trusted, ...shown, ...(options.arguments ?? [])]);
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
    }
    // A refusal in the handshake may close the pipe before the request is written.
    child.stdin.on("error", () => {});
    const path = options.path ?? "/v1/agent/commands?waitMs=0";
    child.stdin.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (ended) => resolve(ended ?? -1));
    });
    return { code, text };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
