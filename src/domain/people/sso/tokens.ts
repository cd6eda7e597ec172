import { OAuth2Tokens } from "arctic";
import { z } from "zod";
import type { Discovery } from "./discovery";
import { type Outside, readJson } from "./outside";
import { badState, misconfigured, type SsoRefusal } from "./refusal";
import type { SsoSettings } from "./settings";

const tokensSchema = z.looseObject({ access_token: z.string(), id_token: z.string().optional() });
const errorSchema = z.looseObject({ error: z.string(), error_description: z.string().optional() });

/**
 * Asks the token endpoint. The request is our own and arctic reads the answer: arctic would ask by a bare `fetch`,
 * without the guard, a time limit, or the encoding that RFC 6749 wants for the client's name and secret.
 */
export async function askForTokens(
  settings: SsoSettings,
  discovery: Discovery,
  outside: Outside,
  grant: Record<string, string>,
): Promise<OAuth2Tokens> {
  const body = new URLSearchParams(grant);
  const headers: Record<string, string> = { "content-type": "application/x-www-form-urlencoded" };
  const methods = discovery.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  if (methods.includes("client_secret_basic")) {
    const both = [settings.clientId, settings.clientSecret].map(formEncoded).join(":");
    headers.authorization = `Basic ${Buffer.from(both).toString("base64")}`;
  } else {
    body.set("client_id", settings.clientId);
    body.set("client_secret", settings.clientSecret);
  }
  const { status, answer } = await outside.post(discovery.token_endpoint, body.toString(), headers);
  if (status === 200) return new OAuth2Tokens(readJson(answer, tokensSchema, "The token endpoint's answer"));
  throw refusalOf(readJson(answer, errorSchema, "The token endpoint's refusal"));
}

const formEncoded = (text: string) => new URLSearchParams({ text }).toString().slice("text=".length);

function refusalOf({ error, error_description: said }: z.output<typeof errorSchema>): SsoRefusal {
  if (error === "invalid_grant")
    return badState("The identity provider does not know this sign-in any more.");
  return misconfigured(
    `the identity provider refused this program (${error}${said ? `: ${said.slice(0, 300)}` : ""}).`,
  );
}
