import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { ask } from "../connection/ask";
import { Failure } from "../connection/fail";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { asPerson } from "./as-person";

/** `mc password change|forgot`: one's own password. */
export function registerPassword(program: Command): void {
  const password = program.command("password").description("your own password: change, forgot");

  withServer(password.command("change"))
    .description(
      "change your password (MC_PASSWORD and MC_NEW_PASSWORD, or asked for); every sign-in of yours ends",
    )
    .action(async (server: ServerOptions) => {
      const client = await asPerson(server);
      const current = process.env.MC_PASSWORD ?? (await typed("Your password: "));
      const fresh = process.env.MC_NEW_PASSWORD ?? (await typedTwice());
      await client.auth.changePassword.mutate({ current, password: fresh });
      if (server.json) return printJson({ ok: true });
      printLine("Your password is changed. Every sign-in of yours has ended, also this one. Run mc login.");
    });

  withServer(password.command("forgot").argument("<who>", "e-mail or username"))
    .description("have a link mailed that sets a new password")
    .action(async (identifier: string, server: ServerOptions) => {
      const answer = await connect(server).passwordResets.ask.mutate({ identifier });
      if (server.json) return printJson(answer);
      printLine(`If ${identifier} is known and mail is set up, a link is on its way.`);
    });
}

async function typed(question: string): Promise<string> {
  const line = await ask(question, false);
  if (line) return line;
  throw new Failure(
    "Nothing was typed. Without a terminal, set MC_PASSWORD and MC_NEW_PASSWORD.",
    exitCodes.usage,
  );
}

/** Nobody sees what is typed, and a slip would lock its owner out. */
async function typedTwice(): Promise<string> {
  const fresh = await typed("New password: ");
  if ((await typed("Once more: ")) === fresh) return fresh;
  throw new Failure("These were two different passwords; nothing was changed.", exitCodes.usage);
}
