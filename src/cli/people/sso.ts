import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

/** `mc sso …`: how single sign-on is set up, and whether the identity provider works with it. */
export function registerSso(program: Command): void {
  const sso = program.command("sso").description("single sign-on: how it is set up, and whether it works");

  withServer(
    sso.command("show").description("issuer, addresses to register there, and which group gives which role"),
  ).action(async (server: ServerOptions) => {
    const { configuration } = await connect(server).sso.show.query({});
    if (server.json) return printJson(configuration);
    if (!configuration) {
      return printLine(
        "Not set up. Set MC_OIDC_ISSUER or MC_ENTRA_TENANT_ID on the server, see .env.example.",
      );
    }
    const { rules, scopes, ...rest } = configuration;
    const shown: [string, string | null][] = [
      ["Issuer", rest.issuer],
      ["Client id", rest.clientId],
      ["Tenant", rest.tenantId],
      ["Scopes", scopes.join(" ")],
      ["Way back", rest.redirectUri],
      ["After sign-out", rest.afterSignOutUri],
    ];
    for (const [name, value] of shown) if (value) printLine(`${name.padEnd(16)}${value}`);
    if (rules.length === 0)
      return printLine("\nNo group gives a role, so nobody comes in: set MC_OIDC_GROUP_MAP.");
    printLine("\nThe first that a person has decides:");
    printTable(
      ["GROUP OR APP ROLE", "ROLE"],
      rules.map(({ group, role }) => [group, role]),
    );
  });

  withServer(
    sso.command("test").description("try the identity provider: document, keys, clock, client"),
  ).action(async (server: ServerOptions) => {
    const report = await connect(server).sso.test.mutate({});
    if (server.json) printJson(report);
    else
      for (const { name, ok, says } of report.checks) printLine(`${ok ? "ok  " : "FAIL"}  ${name}: ${says}`);
    if (!report.ok) process.exitCode = exitCodes.failed;
  });
}
