import { Argument, type Command } from "commander";
import { type Role, roles } from "@/contracts/people/role";
import { itemsOf } from "../connection/pages";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { typedToDelete } from "../connection/typed-to-delete";
import { typed } from "./by-password";
import { findPerson } from "./find-person";
import { printSignedIn } from "./signed-in";

/** The part of `mc users …` that goes through the server, as the console's page does, and leaves your name in the log. */
export function registerPeople(users: Command): void {
  const verb = (name: string, description: string) =>
    withServer(users.command(name).argument("<person>", "id, username or e-mail").description(description));

  withServer(users.command("list").description("people: role, second factor, last sign-in"))
    .option("--find <words>", "a part of the name or e-mail")
    .action(async ({ find, ...server }: ServerOptions & { find?: string }) => {
      const client = connect(server);
      const items = await itemsOf((page) =>
        client.users.list.query({ ...page, ...(find ? { q: find } : {}) }),
      );
      if (server.json) return printJson(items);
      printTable(
        ["E-MAIL", "USERNAME", "NAME", "ROLE", "SECOND FACTOR", "SESSIONS", "SIGNED IN", "OFF SINCE", "ID"],
        items.map(({ factors, ...item }) => [
          item.email,
          item.username,
          item.name,
          item.lastAdmin ? `${item.role} (the only one)` : item.role,
          [factors.app ? "app" : "", factors.passkeys > 0 ? `${factors.passkeys} passkeys` : ""]
            .filter(Boolean)
            .join(", ") || null,
          item.openSessions,
          item.lastLoginAt,
          item.disabledAt,
          item.id,
        ]),
      );
    });

  verb("role", "give somebody another role; counts from their next request")
    .addArgument(new Argument("<role>").choices(roles))
    .action(async (who: string, role: Role, server: ServerOptions) => {
      const client = connect(server);
      const { id } = await findPerson(client, who);
      const changed = await client.users.change.mutate({ id, role });
      if (server.json) return printJson(changed);
      printLine(`${changed.email} is ${changed.role} now.`);
    });

  verb("username", "let somebody sign in by a short name as well; without one it is taken away")
    .argument("[username]")
    .action(async (who: string, username: string | undefined, server: ServerOptions) => {
      const client = connect(server);
      const { id } = await findPerson(client, who);
      const changed = await client.users.change.mutate({ id, username: username ?? null });
      if (server.json) return printJson(changed);
      printLine(
        changed.username
          ? `${changed.email} signs in as ${changed.username} too.`
          : `${changed.email} has no username.`,
      );
    });

  for (const [name, disabled, said] of [
    ["disable", true, "can't sign in any more; every session has ended"],
    ["enable", false, "can sign in again"],
  ] as const) {
    verb(
      name,
      disabled ? "switch an account off; every session ends at once" : "switch an account on again",
    ).action(async (who: string, server: ServerOptions) => {
      const client = connect(server);
      const { id } = await findPerson(client, who);
      const changed = await client.users.change.mutate({ id, disabled });
      if (server.json) return printJson(changed);
      printLine(`${changed.email} ${said}.`);
    });
  }

  verb("sessions", "where somebody is signed in, browsers and programs").action(
    async (who: string, server: ServerOptions) => {
      const client = connect(server);
      const { id } = await findPerson(client, who);
      const { items: sessions, programs } = await client.users.sessions.query({ id });
      if (server.json) return printJson({ sessions, programs });
      printSignedIn(sessions, programs);
    },
  );

  verb("rename", "give somebody another name")
    .argument("<name>")
    .action(async (who: string, name: string, server: ServerOptions) => {
      const client = connect(server);
      const { id } = await findPerson(client, who);
      const changed = await client.users.change.mutate({ id, name });
      if (server.json) return printJson(changed);
      printLine(`${changed.email} is called ${changed.name} now.`);
    });

  verb("end-sessions", "sign somebody out everywhere; they can sign in again").action(
    async (who: string, server: ServerOptions) => {
      const client = connect(server);
      const { id, email } = await findPerson(client, who);
      const answer = await client.users.endSessions.mutate({ id });
      if (server.json) return printJson(answer);
      printLine(`${email} is signed out: sessions ended: ${answer.ended}.`);
    },
  );

  verb("remove-2fa", "remove somebody's authenticator app and passkeys; every session of theirs ends").action(
    async (who: string, server: ServerOptions) => {
      const client = connect(server);
      const { id, email } = await findPerson(client, who);
      const answer = await client.users.removeSecondFactor.mutate({ id });
      if (server.json) return printJson(answer);
      printLine(
        answer.removed
          ? `${email} signs in with the password alone now; every session has ended.`
          : `${email} has no second factor; nothing was changed.`,
      );
    },
  );

  verb(
    "set-password",
    "give somebody a new password (MC_NEW_PASSWORD, or asked for); every session ends",
  ).action(async (who: string, server: ServerOptions) => {
    const client = connect(server);
    const { id, email } = await findPerson(client, who);
    const otherwise = "Without a terminal, set MC_NEW_PASSWORD.";
    const password =
      process.env.MC_NEW_PASSWORD ?? (await typed(`New password of ${email}: `, false, otherwise));
    await client.users.setPassword.mutate({ id, password });
    if (server.json) return printJson({ ok: true });
    printLine(`${email} has a new password; every session has ended.`);
  });

  verb("delete", "delete somebody for good; what they did stays in the log")
    .option("--yes", "without asking")
    .action(async (who: string, { yes, ...server }: ServerOptions & { yes?: true }) => {
      const client = connect(server);
      const { id, email } = await findPerson(client, who);
      await typedToDelete(email, "account", yes);
      await client.users.remove.mutate({ id });
      if (server.json) return printJson({ ok: true });
      printLine(`Deleted ${email}.`);
    });
}
