import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type Server, type ServerOptions } from "node:http";
import { createServer as createHttpsServer, Server as HttpsServer } from "node:https";
import type { Env } from "../env";
import type { Log } from "../log";
import { followFiles } from "./follow-files";

type TlsFiles = Pick<Env, "tlsCert" | "tlsKey">;

/**
 * Who sends a request a byte at a time holds a connection; Node's own patience is five minutes. An idle one is kept for
 * longer than the minute that proxies keep theirs: one that we closed first may get their next request, which is lost.
 */
const patience = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 75_000,
};

/** HTTP, or HTTPS with TLS 1.3 and nothing older when a certificate is set. */
export function createListener(env: TlsFiles, limits: ServerOptions = patience): Server {
  if (!env.tlsCert || !env.tlsKey) return createHttpServer(limits);
  return createHttpsServer({ ...limits, ...tlsMaterial(env) });
}

/**
 * Shows a renewed certificate from the next connection on, without a restart. One that can't be used (half written, a
 * key of another certificate) is told, and the one before goes on. Answers how to stop.
 */
export function followCertificate(server: Server, env: TlsFiles, log: Log, intervalMs?: number): () => void {
  if (!(server instanceof HttpsServer) || !env.tlsCert || !env.tlsKey) return () => {};
  const renew = () => {
    try {
      server.setSecureContext(tlsMaterial(env));
      log.info({ file: env.tlsCert }, "The renewed certificate is shown from now on.");
    } catch (error) {
      log.warn({ err: error, file: env.tlsCert }, "The renewed certificate can't be used (yet).");
    }
  };
  return followFiles([env.tlsCert, env.tlsKey], renew, intervalMs);
}

const tlsMaterial = ({ tlsCert, tlsKey }: TlsFiles) => ({
  cert: readFileSync(tlsCert ?? ""),
  key: readFileSync(tlsKey ?? ""),
  minVersion: "TLSv1.3" as const,
});

/** After a restart every agent knocks within seconds; Node's 511 would make the kernel drop most of them. */
const backlog = 4_096;

/**
 * Listens and answers the port, which differs from the wish when that was 0. Says plainly why it can't; `setting` is
 * what the port is called in the settings.
 */
export function listen(server: Server, port: number, host: string, setting = "PORT"): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      reject(
        new Error(
          `Port ${port} on ${host} is taken by another program. Stop it, or set ${setting} to a free one.`,
        ),
      );
    });
    server.listen({ port, host, backlog }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/**
 * Stops taking new connections, lets answers under way finish, and closes idle keep-alive connections as they
 * fall idle: without that, a browser's idle connection would hold the process for minutes.
 */
export function drain(server: Server, timeoutMs = 3_000): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const limit = setTimeout(() => server.closeAllConnections(), timeoutMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(limit);
      resolve();
    });
    server.closeIdleConnections();
  });
}
