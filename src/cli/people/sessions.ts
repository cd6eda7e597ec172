import type { Command } from "commander";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { printJson, printLine } from "../connection/print";
import { type Client, connect, type ServerOptions, tokenOf, withServer } from "../connection/server";
import { printSignedIn } from "./signed-in";

/** `mc sessions …`: one's own browsers and programs that are signed in, as on the console's page. */
export function registerSessions(program: Command): void {
  const sessions = program
    .command("sessions")
    .description("where you are signed in, browsers and programs: list, revoke, revoke-others");

  withServer(sessions.command("list").description("what is signed in as you, the last used first")).action(
    async (server: ServerOptions) => {
      const found = await findOwn(await asPerson(server));
      if (server.json) return printJson(found);
      printSignedIn(found.sessions, found.programs);
    },
  );

  withServer(sessions.command("revoke").argument("<id>", "of the list; its first 8 signs are enough"))
    .description("sign a browser or a program of yours out at once")
    .action(async (id: string, server: ServerOptions) => {
      const client = await asPerson(server);
      const { kind, full, what } = await oneOwn(client, id);
      const one = { id: full };
      const answer = await (kind === "programs"
        ? client.programs.revoke.mutate(one)
        : client.sessions.revoke.mutate(one));
      if (server.json) return printJson(answer);
      printLine(`Signed out: ${what}.`);
    });

  withServer(sessions.command("revoke-others"))
    .description("sign out everything that is signed in as you, but what runs this command")
    .action(async (server: ServerOptions) => {
      const client = await asPerson(server);
      const answer = await client.sessions.endOthers.mutate({});
      if (server.json) return printJson(answer);
      printLine(`Signed out: browsers: ${answer.ended}, programs: ${answer.programs}.`);
    });
}

/**
 * The client of whoever is signed in. An API token is nobody's sign-in and no person: it would find nothing of one's
 * own, and end nothing, without a word.
 */
async function asPerson(server: ServerOptions): Promise<Client> {
  if ((await tokenOf(server))?.startsWith("mct_")) {
    throw new Failure(
      "This is an API token, such as mc login --email makes: it is signed in nowhere. To be let in as you, run mc login without --email, MC_API_TOKEN and --token.",
      exitCodes.notAuthorised,
    );
  }
  return connect(server);
}

async function findOwn(client: Client) {
  const [sessions, programs] = await Promise.all([
    client.sessions.list.query({}),
    client.programs.list.query({}),
  ]);
  return { sessions: sessions.items, programs: programs.items };
}

/** The one browser or program of the caller's own whose id begins so. */
async function oneOwn(client: Client, id: string) {
  const { sessions, programs } = await findOwn(client);
  const all = [
    ...sessions.map((item) => ({
      kind: "sessions" as const,
      full: item.id,
      what: item.userAgent ?? "a browser",
    })),
    ...programs.map((item) => ({ kind: "programs" as const, full: item.id, what: item.name })),
  ];
  const fitting = all.filter(({ full }) => full === id || (id.length >= 8 && full.startsWith(id)));
  const [found] = fitting;
  if (!found) throw new Failure(`Nothing is signed in as you with the id ${id}.`, exitCodes.notFound);
  if (fitting.length > 1)
    throw new Failure(`Several ids begin with ${id}: give more of it.`, exitCodes.usage);
  return found;
}
