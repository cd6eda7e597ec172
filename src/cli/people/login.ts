import { hostname } from "node:os";
import type { Command } from "commander";
import { z } from "zod";
import { printJson, printLine } from "../connection/print";
import { type Profile, profileFile, writeProfile } from "../connection/profile";
import { connect, type ServerOptions, urlOf, withServer } from "../connection/server";
import { accessByDevice } from "./by-device";
import { typed, withSession } from "./by-password";

/**
 * `mc login`: keeps the server's address and a credential for the other commands: by the device flow, by a password
 * with `--email`, or a token that was given.
 */
export function registerLogin(program: Command): void {
  withServer(program.command("login").description("sign in, by a browser unless told otherwise"))
    .option("--email <email>", "sign in with a password, asked for, and make a token for this machine")
    .action(async ({ email, ...server }: ServerOptions & { email?: string }) => {
      const url = urlOf(server);
      // An address that was named means a password, whatever lies in the environment.
      const given = server.token ?? (email === undefined ? process.env.MC_API_TOKEN : undefined);
      const kept = await credentialOf(url, given, email);
      await connect({ url, token: kept.access?.token ?? kept.token ?? "" }).board.snapshot.query({});
      writeProfile({ url, ...kept });
      if (server.json) printJson({ url, profile: profileFile() });
      else printLine(`Signed in to ${url}. Kept in ${profileFile()}.`);
    });
}

async function credentialOf(
  url: string,
  token: string | undefined,
  email: string | undefined,
): Promise<Omit<Profile, "url">> {
  if (token) return { token };
  return email === undefined ? { access: await accessByDevice(url) } : tokenByPassword(url, email);
}

const withoutTerminal = "Without a terminal, give --token, or --email and the variable MC_PASSWORD.";
const madeSchema = z.object({ id: z.string(), token: z.string() });

async function tokenByPassword(url: string, identifier: string) {
  const password = process.env.MC_PASSWORD ?? (await typed("Password: ", false, withoutTerminal));
  return withSession(url, { identifier, password }, async ({ role }, ask) => {
    const made = await ask("/v1/auth/tokens", { name: `mc on ${hostname()}`, role });
    const { id, token } = madeSchema.parse(await made.json());
    return { token, tokenId: id };
  });
}
