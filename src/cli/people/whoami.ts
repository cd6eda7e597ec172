import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions, tokenOf, urlOf, withServer } from "../connection/server";

/** `mc whoami`: which server, as whom, and what that may do. */
export function registerWhoami(program: Command): void {
  withServer(
    program.command("whoami").description("who you are to the server, and what you may do there"),
  ).action(async (server: ServerOptions) => {
    const url = urlOf(server);
    if (!(await tokenOf(server))) {
      throw new Failure(
        `You are not signed in to ${url}. Run mc login, or set MC_API_TOKEN.`,
        exitCodes.notAuthorised,
      );
    }
    const { user, permissions } = await connect(server).auth.status.query({});
    if (server.json) return printJson({ url, user, permissions });
    if (!user && permissions.length === 0) {
      throw new Failure(
        `${url} gives this credential no rights. mc takes an API token (mct_…), not the key of an agent.`,
        exitCodes.notAuthorised,
      );
    }
    printLine(
      user ? `${user.name} <${user.email}>, ${user.role}, at ${url}` : `A token of a program, at ${url}`,
    );
    printLine(`May: ${permissions.join(", ")}`);
  });
}
