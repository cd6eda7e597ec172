import type { Command } from "commander";
import { failureOf } from "./connection/fail";
import { printJson, printLine } from "./connection/print";
import { connect, type ServerOptions, serverOf, withServer } from "./connection/server";

type Check = { name: string; ok: boolean; says: string };

/** `mc doctor`: what works between here and the server, and what to do where it does not. */
export function registerDoctor(program: Command): void {
  withServer(program.command("doctor").description("check what works between here and the server")).action(
    async (server: ServerOptions) => {
      const { url, token } = serverOf(server);
      const checks = [
        nodeVersion(),
        await answers(`${url}/healthz`, "server lives"),
        await answers(`${url}/readyz`, "server is ready"),
      ];
      if (checks[1]?.ok) checks.push(await credential(server, token));
      if (server.json) printJson(checks);
      else for (const { name, ok, says } of checks) printLine(`${ok ? "ok  " : "FAIL"}  ${name}: ${says}`);
      if (checks.some(({ ok }) => !ok)) process.exitCode = 1;
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

async function answers(url: string, name: string): Promise<Check> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const says = answer.ok
      ? `${url} answers`
      : `${url} answers ${answer.status}: ${(await answer.text()).slice(0, 300)}`;
    return { name, ok: answer.ok, says };
  } catch {
    return { name, ok: false, says: `${url} does not answer; is the server running, and --url right?` };
  }
}

async function credential(server: ServerOptions, token: string | undefined): Promise<Check> {
  const name = "credential";
  if (!token) return { name, ok: false, says: "none; run mc login, or set MC_API_TOKEN" };
  try {
    const { permissions } = await connect(server).auth.status.query();
    return { name, ok: true, says: permissions.join(", ") };
  } catch (error) {
    return { name, ok: false, says: failureOf(error)?.message ?? "is not accepted" };
  }
}
