import http from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { Clock } from "../clock";
import type { Log } from "../log";
import { createAddressGuard } from "./address-guard";
import { type Answer, bareHost, exchange, type Question } from "./exchange";
import { failureText } from "./failure-text";
import { type CheckedAddress, resolveHost } from "./resolve-host";
import { retryAfterMs } from "./retry-after";

/** Bounds of one request, everything included: resolving, connecting, sending, and reading the answer. */
export type OutLimits = { timeoutMs: number; maxAnswerBytes: number };

/** `failed` holds a sentence for people. `forbidden` and `bad-address` stay as they are however often one tries. */
export type OutResult =
  | {
      kind: "answered";
      status: number;
      answer: string;
      retryAfterMs: number | null;
      tookMs: number;
      /** What the other side's clock said, to the second; null when it did not say. */
      clockThere?: Date | null;
    }
  | {
      kind: "failed";
      why: "bad-address" | "forbidden" | "timeout" | "unreachable";
      failure: string;
      tookMs: number;
    };

/** Requests to addresses that users gave. */
export interface Out {
  /** Never throws for trouble outside, follows no redirect. */
  get(url: string, headers: Record<string, string>, limits: OutLimits): Promise<OutResult>;
  /** As `get`, with a body. */
  post(url: string, body: string, headers: Record<string, string>, limits: OutLimits): Promise<OutResult>;
  /**
   * Why nothing will ever be sent to this address, as far as the address itself tells: a literal one that the guard
   * refuses. Null for names, whose addresses only a request learns.
   */
  refusal(url: string): string | null;
  /** Closes idle connections. */
  close(): void;
}

/** Idle connections are dropped before most servers do it, so that a message rarely meets a closing one. */
const idleMs = 4_000;

/** `allow`: hosts, addresses or networks (CIDR) that may be reached although they are not public. */
export function createOut({ allow, clock, log }: { allow: string[]; clock: Clock; log: Log }): Out {
  const mayReach = createAddressGuard(allow);
  const agents = {
    http: new http.Agent({ keepAlive: true, maxFreeSockets: 32, timeout: idleMs }),
    https: new https.Agent({ keepAlive: true, maxFreeSockets: 32, timeout: idleMs }),
  };

  async function ask(
    address: string,
    body: string | null,
    headers: Record<string, string>,
    limits: OutLimits,
  ): Promise<OutResult> {
    const startedAt = clock.monotonicMs();
    const tookMs = () => Math.round(clock.monotonicMs() - startedAt);
    const failed = (
      why: "bad-address" | "forbidden" | "timeout" | "unreachable",
      failure: string,
    ): OutResult => ({
      kind: "failed",
      why,
      failure,
      tookMs: tookMs(),
    });
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !/^https?:$/.test(url.protocol))
      return failed("bad-address", "The address is no http or https address.");
    const host = bareHost(url);
    const stop = new AbortController();
    let expire: (value: "timeout") => void = () => {};
    const expired = new Promise<"timeout">((resolve) => {
      expire = resolve;
    });
    const timer = clock.setTimeout(() => {
      stop.abort();
      // An answer whose status has come is settled by the abort itself, a moment earlier than this.
      setImmediate(() => expire("timeout"));
    }, limits.timeoutMs);
    try {
      const addresses = await Promise.race([resolveHost(host, mayReach), expired]);
      if (addresses === "timeout")
        return failed("timeout", `${host} could not be resolved within ${limits.timeoutMs} ms.`);
      if (addresses.length === 0) {
        log.warn({ host }, "A request to an address that is not public was refused.");
        return failed("forbidden", forbiddenText(host));
      }
      const answer = await send({ url, body, headers }, addresses, limits, stop.signal, expired);
      if (answer === "timeout")
        return failed("timeout", `${host} did not answer within ${limits.timeoutMs} ms.`);
      const retry = retryAfterMs(answer.headers["retry-after"], clock.now());
      return {
        kind: "answered",
        status: answer.status,
        answer: answer.body,
        retryAfterMs: retry,
        tookMs: tookMs(),
        clockThere: dateOf(answer.headers.date),
      };
    } catch (error) {
      if (stop.signal.aborted)
        return failed("timeout", `${host} did not answer within ${limits.timeoutMs} ms.`);
      return failed("unreachable", failureText(error, host));
    } finally {
      timer.cancel();
    }
  }

  function send(
    question: Question,
    addresses: CheckedAddress[],
    limits: OutLimits,
    signal: AbortSignal,
    expired: Promise<"timeout">,
  ): Promise<Answer | "timeout"> {
    return Promise.race([exchange(agents, question, addresses, limits.maxAnswerBytes, signal), expired]);
  }

  return {
    get: (address, headers, limits) => ask(address, null, headers, limits),
    post: ask,
    refusal(address) {
      const host = URL.canParse(address) ? bareHost(new URL(address)) : "";
      const literal = host === "localhost" ? ["127.0.0.1", "::1"] : isIP(host) ? [host] : [];
      const refused = literal.length > 0 && !literal.some((one) => mayReach(host, one));
      return refused ? forbiddenText(host) : null;
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function forbiddenText(host: string): string {
  return `${host} is an address inside a private network, so nothing is sent there. If it is meant, whoever runs this server adds ${host} to MC_OUTBOUND_ALLOW and restarts it.`;
}

function dateOf(header: string | undefined): Date | null {
  const date = new Date(header ?? "");
  return Number.isNaN(date.getTime()) ? null : date;
}
