import type { Command } from "commander";
import { z } from "zod";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure, failureOf } from "./connection/fail";
import { strangerWords } from "./connection/fault-words";
import { printJson, printLine } from "./connection/print";
import { reach } from "./connection/reach";
import { connect, type ServerOptions, tokenOf, urlOf, withServer } from "./connection/server";

type Check = { name: string; ok: boolean; says: string };

/** `mc doctor`: what works between here and the server, and what to do where it does not. */
export function registerDoctor(program: Command): void {
  withServer(program.command("doctor").description("check what works between here and the server")).action(
    async (server: ServerOptions) => {
      const url = urlOf(server);
      const lives = await liveness(url);
      const checks = [nodeVersion(), lives];
      // Of a server that is away, only that it is away can be said.
      if (lives.ok) checks.push(await readiness(url));
      const rights = lives.ok ? await credential(server) : null;
      if (rights) checks.push(rights);
      const certificates = rights?.ok ? await expiring(server) : null;
      if (certificates) checks.push(certificates);
      if (server.json) printJson(checks);
      else for (const { name, ok, says } of checks) printLine(`${ok ? "ok  " : "FAIL"}  ${name}: ${says}`);
      const failed = checks.filter(({ ok }) => !ok);
      if (failed.length === 0) return;
      process.exitCode = failed.every((check) => check === rights)
        ? exitCodes.notAuthorised
        : exitCodes.failed;
    },
  );
}

function nodeVersion(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    name: "Node",
    ok,
    says: ok ? process.versions.node : `${process.versions.node}; it takes 20.19 or newer`,
  };
}

const livenessSchema = z.object({ status: z.literal("ok") });
const readinessSchema = z.object({ reason: z.string().nullable() });

type Probed = { status: number; body: unknown };

/** Status and body of a probe, or why there is none. */
async function probe(url: string, path: string): Promise<Probed | Failure> {
  try {
    const answer = await reach(url, url + path, { signal: AbortSignal.timeout(5_000) });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } catch (error) {
    return failureOf(error) ?? new Failure("no answer");
  }
}

async function liveness(url: string): Promise<Check> {
  const name = "server lives";
  const answer = await probe(url, "/healthz");
  if (answer instanceof Failure) return { name, ok: false, says: answer.message };
  const ok = livenessSchema.safeParse(answer.body).success;
  return { name, ok, says: ok ? `${url} answers` : strangerWords(url, answer.status) };
}

async function readiness(url: string): Promise<Check> {
  const name = "server is ready";
  const answer = await probe(url, "/readyz");
  if (answer instanceof Failure) return { name, ok: false, says: answer.message };
  if (answer.status === 200) return { name, ok: true, says: "database, bus and workers answer" };
  const { data } = readinessSchema.safeParse(answer.body);
  return { name, ok: false, says: data?.reason ?? `its answer was ${answer.status}` };
}

async function credential(server: ServerOptions): Promise<Check> {
  const name = "credential";
  try {
    if (!(await tokenOf(server))) return { name, ok: false, says: "none; run mc login, or set MC_API_TOKEN" };
    const { permissions } = await connect(server).auth.status.query();
    if (permissions.length > 0) return { name, ok: true, says: permissions.join(", ") };
    const says = "it may do nothing here; mc takes an API token (mct_…), not the key of an agent";
    return { name, ok: false, says };
  } catch (error) {
    return { name, ok: false, says: failureOf(error)?.message ?? "is not accepted" };
  }
}

const soonDays = 21;
const urgentMs = 3 * 86_400_000;

/** Agents whose certificate ends soon; null for whom that is no matter. */
async function expiring(server: ServerOptions): Promise<Check | null> {
  const found = await connect(server)
    .ca.certificates.query({ withinDays: soonDays })
    .catch(() => null);
  const [first] = found?.items ?? [];
  if (!found || !first) return null;
  const names = [...new Set(found.items.map(({ agent }) => agent.name))];
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
  return {
    name: "certificates",
    ok: Date.parse(first.expiresAt) - Date.now() > urgentMs,
    says: `of ${shown} end within ${soonDays} days, the first at ${first.expiresAt}; mc ca issue makes new ones`,
  };
}
