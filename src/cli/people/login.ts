import { hostname } from "node:os";
import type { Command } from "commander";
import { z } from "zod";
import { errorBodySchema } from "@/contracts/kernel/errors";
import { roleSchema } from "@/contracts/people/role";
import { exitCodes } from "@/contracts/trust/rescue";
import { ask } from "../connection/ask";
import { Failure } from "../connection/fail";
import { printJson, printLine } from "../connection/print";
import { profileFile, writeProfile } from "../connection/profile";
import { connect, type ServerOptions, serverOf, withServer } from "../connection/server";

const loginAnswerSchema = z.object({ user: z.object({ role: roleSchema }) });

/** `mc login`: keeps the server's address and a token of one's own for the other commands. */
export function registerLogin(program: Command): void {
  withServer(program.command("login").description("keep the server's address and a token in your profile"))
    .option("--email <email>", "sign in with a password, asked for, and make a token for this machine")
    .action(async ({ email, ...server }: ServerOptions & { email?: string }) => {
      const { url } = serverOf(server);
      const token = server.token ?? process.env.MC_API_TOKEN ?? (await tokenByPassword(url, email));
      await connect({ url, token }).board.snapshot.query({});
      writeProfile({ url, token });
      if (server.json) printJson({ url, profile: profileFile() });
      else printLine(`Signed in to ${url}. Kept in ${profileFile()}.`);
    });
}

async function tokenByPassword(url: string, given: string | undefined): Promise<string> {
  const identifier = given ?? (await ask("E-mail: ", true));
  const password = process.env.MC_PASSWORD ?? (await ask("Password: ", false));
  const signedIn = await post(`${url}/v1/auth/login`, { identifier, password });
  const { user } = loginAnswerSchema.parse(await signedIn.json());
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const made = await post(`${url}/v1/auth/tokens`, { name: `mc on ${hostname()}`, role: user.role }, cookie);
  await post(`${url}/v1/auth/logout`, {}, cookie);
  return z.object({ token: z.string() }).parse(await made.json()).token;
}

async function post(url: string, body: object, cookie?: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", ...(cookie ? { Cookie: cookie } : {}) };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => {
    throw new Failure(`The server at ${new URL(url).origin} does not answer.`);
  });
  if (answer.ok) return answer;
  const told = errorBodySchema.safeParse(await answer.json().catch(() => null));
  const code = answer.status === 401 || answer.status === 403 ? exitCodes.notAuthorised : exitCodes.failed;
  throw new Failure(told.success ? told.data.error.message : `The server answered ${answer.status}.`, code);
}
