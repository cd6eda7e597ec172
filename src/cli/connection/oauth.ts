import { z } from "zod";
import { deviceAnswerSchema, oauthErrorSchema, tokenAnswerSchema } from "@/contracts/people/oauth";
import { Failure } from "./fail";
import { strangerWords } from "./fault-words";
import { reach } from "./reach";

const answers = {
  token: tokenAnswerSchema,
  device_authorization: deviceAnswerSchema,
  revoke: z.object({}),
};
type Answers = { [Name in keyof typeof answers]: z.output<(typeof answers)[Name]> };

/** Less than the age at which another command takes the profile's lock away. */
const patienceMs = 15_000;

/** Asks an OAuth2 endpoint. A refusal in the RFC's words is an answer; no answer, or another one, is a `Failure`. */
export async function askOAuth<Name extends keyof Answers>(
  url: string,
  name: Name,
  fields: Record<string, string>,
): Promise<Answers[Name] | z.output<typeof oauthErrorSchema>> {
  const answer = await reach(url, `${url}/v1/oauth/${name}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(patienceMs),
  });
  const body: unknown = await answer.json().catch(() => null);
  const read = answer.ok ? answers[name].safeParse(body) : oauthErrorSchema.safeParse(body);
  if (!read.success) throw new Failure(strangerWords(url, answer.status));
  return read.data as Answers[Name] | z.output<typeof oauthErrorSchema>;
}
