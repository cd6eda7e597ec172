import { hostname } from "node:os";
import type { Command } from "commander";
import { z } from "zod";
import { errorBodySchema } from "@/contracts/kernel/errors";
import { roleSchema } from "@/contracts/people/role";
import { secondFactorNextSchema } from "@/contracts/people/second-factor";
import { exitCodes } from "@/contracts/trust/rescue";
import { ask } from "../connection/ask";
import { Failure } from "../connection/fail";
import { strangerWords } from "../connection/fault-words";
import { printJson, printLine } from "../connection/print";
import { type Profile, profileFile, writeProfile } from "../connection/profile";
import { reachJson } from "../connection/reach";
import { connect, type ServerOptions, urlOf, withServer } from "../connection/server";
import { accessByDevice } from "./by-device";

const loginAnswerSchema = z.object({ user: z.object({ role: roleSchema }) });

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

const madeSchema = z.object({ id: z.string(), token: z.string() });

async function tokenByPassword(url: string, identifier: string) {
  const password = process.env.MC_PASSWORD ?? (await typed("Password: ", false));
  const signedIn = await finished(url, await post(url, "/v1/auth/login", { identifier, password }));
  const answer = loginAnswerSchema.safeParse(await signedIn.json());
  if (!answer.success) throw new Failure(strangerWords(url, signedIn.status));
  const { user } = answer.data;
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const made = await post(url, "/v1/auth/tokens", { name: `mc on ${hostname()}`, role: user.role }, cookie);
  await post(url, "/v1/auth/logout", {}, cookie);
  const { id, token } = madeSchema.parse(await made.json());
  return { token, tokenId: id };
}

/** The answer that carries the session: that of the password, or of the code when a second factor follows. */
async function finished(url: string, answer: Response): Promise<Response> {
  const next = secondFactorNextSchema.safeParse(await answer.clone().json());
  if (!next.success) return answer;
  const code = await typed("Code of your authenticator app: ", true);
  return post(url, "/v1/auth/second-factor", { ticket: next.data.ticket, code });
}

async function typed(question: string, shown: boolean): Promise<string> {
  const line = await ask(question, shown);
  if (line) return line;
  const words =
    "Nothing was typed. Without a terminal, give --token, or --email and the variable MC_PASSWORD.";
  throw new Failure(words, exitCodes.usage);
}

async function post(url: string, path: string, body: object, cookie?: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", ...(cookie ? { Cookie: cookie } : {}) };
  const answer = await reachJson(url, url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.ok) return answer;
  const told = errorBodySchema.safeParse(await answer.json().catch(() => null));
  if (!told.success || answer.status === 404) throw new Failure(strangerWords(url, answer.status));
  const code = answer.status === 401 || answer.status === 403 ? exitCodes.notAuthorised : exitCodes.failed;
  throw new Failure(told.data.error.message, code);
}
