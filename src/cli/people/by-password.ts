import { z } from "zod";
import { errorBodySchema } from "@/contracts/kernel/errors";
import { roleSchema } from "@/contracts/people/role";
import { secondFactorNextSchema } from "@/contracts/people/second-factor";
import { exitCodes } from "@/contracts/trust/rescue";
import { ask } from "../connection/ask";
import { exitCodeOf, Failure } from "../connection/fail";
import { strangerWords } from "../connection/fault-words";
import { reachJson } from "../connection/reach";

const loginAnswerSchema = z.object({ user: z.object({ role: roleSchema }) });
type SignedIn = z.output<typeof loginAnswerSchema>["user"];

/** Signs in as a browser does, for what a token may not do; the session ends with the work. */
export async function withSession<Result>(
  url: string,
  who: { identifier: string; password: string },
  work: (user: SignedIn, ask: (path: string, body: object) => Promise<Response>) => Promise<Result>,
): Promise<Result> {
  const signedIn = await finished(url, await post(url, "/v1/auth/login", who));
  const answer = loginAnswerSchema.safeParse(await signedIn.json());
  if (!answer.success) throw new Failure(strangerWords(url, signedIn.status));
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  try {
    return await work(answer.data.user, (path, body) => post(url, path, body, cookie));
  } finally {
    // What was done is done, whatever becomes of the session, which runs out by itself.
    await post(url, "/v1/auth/logout", {}, cookie).catch(() => {});
  }
}

/** The answer that carries the session: that of the password, or of the code when a second factor follows. */
async function finished(url: string, answer: Response): Promise<Response> {
  const next = secondFactorNextSchema.safeParse(await answer.clone().json());
  if (!next.success) return answer;
  const code = await typed("Code of your authenticator app: ", true, "It is typed on a terminal.");
  return post(url, "/v1/auth/second-factor", { ticket: next.data.ticket, code });
}

/** What somebody types; nothing is a `Failure` that says how else to give it. */
export async function typed(question: string, shown: boolean, otherwise: string): Promise<string> {
  const line = await ask(question, shown);
  if (line) return line;
  throw new Failure(`Nothing was typed. ${otherwise}`, exitCodes.usage);
}

async function post(url: string, path: string, body: object, cookie?: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", ...(cookie ? { Cookie: cookie } : {}) };
  const answer = await reachJson(url, url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.ok) return answer;
  const told = errorBodySchema.safeParse(await answer.json().catch(() => null));
  if (!told.success || answer.status === 404) throw new Failure(strangerWords(url, answer.status));
  throw new Failure(told.data.error.message, exitCodeOf(told.data.error.code));
}
