import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions, urlOf, withAddress, withServer } from "../connection/server";
import { typed, withSession } from "./by-password";

const withoutTerminal = "Without a terminal, set MC_PASSWORD and MC_NEW_PASSWORD.";

/** `mc password change|forgot`: one's own password. */
export function registerPassword(program: Command): void {
  const password = program.command("password").description("your own password: change, forgot");

  withAddress(password.command("change").argument("<who>", "your e-mail or username"))
    .description(
      "change your password (MC_PASSWORD and MC_NEW_PASSWORD, or asked for); every sign-in of yours ends",
    )
    .action(async (identifier: string, server: ServerOptions) => {
      const current = process.env.MC_PASSWORD ?? (await typed("Your password: ", false, withoutTerminal));
      const fresh = process.env.MC_NEW_PASSWORD ?? (await typedTwice());
      // By a session of its own: no token may change the password of whoever made it.
      await withSession(urlOf(server), { identifier, password: current }, (_, ask) =>
        ask("/v1/auth/password", { current, password: fresh }),
      );
      if (server.json) return printJson({ ok: true });
      printLine(
        "Your password is changed. Every sign-in of yours has ended: browsers, and programs such as mc.",
      );
    });

  withServer(password.command("forgot").argument("<who>", "e-mail or username"))
    .description("have a link mailed that sets a new password")
    .action(async (identifier: string, server: ServerOptions) => {
      const answer = await connect(server).passwordResets.ask.mutate({ identifier });
      if (server.json) return printJson(answer);
      printLine(`If ${identifier} is known and mail is set up, a link is on its way.`);
    });
}

/** Nobody sees what is typed, and a slip would lock its owner out. */
async function typedTwice(): Promise<string> {
  const fresh = await typed("New password: ", false, withoutTerminal);
  if ((await typed("Once more: ", false, withoutTerminal)) === fresh) return fresh;
  throw new Failure("These were two different passwords; nothing was changed.", exitCodes.usage);
}
