import { type Command, Option } from "commander";
import { type Role, roles } from "@/contracts/people/role";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

/** `mc tokens create`: API tokens for programs. */
export function registerTokens(program: Command): void {
  const tokens = program.command("tokens").description("API tokens of programs");
  withServer(tokens.command("create").argument("<name>").description("make a token; it is shown this once"))
    .addOption(new Option("--role <role>", "at most your own").choices(roles).default("viewer"))
    .option("--days <days>", "ends after so many days", Number)
    .action(
      async (name: string, { role, days, ...server }: ServerOptions & { role: Role; days?: number }) => {
        const expires = days === undefined ? {} : { expiresInDays: days };
        const token = await connect(server).tokens.create.mutate({ name, role, ...expires });
        if (server.json) return printJson(token);
        printLine(token.token);
      },
    );
}
