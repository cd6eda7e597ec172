import type { IncomingMessage } from "node:http";
import { OAuthRefusal } from "@/domain/people/oauth";
import { readBody } from "./read-body";

export type OAuthForm = Record<string, unknown>;

/**
 * The fields of an OAuth2 request, from a form or from JSON, with client and secret of `Authorization: Basic` among
 * them (client_secret_basic). Refuses a field that comes twice, and a client that proves itself in two ways.
 */
export async function readOAuthForm(req: IncomingMessage): Promise<OAuthForm> {
  const bytes = await readBody(req);
  const text = decoded(bytes);
  const type = (req.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded" && type !== "application/json") {
    throw wrong("The body must be a form (application/x-www-form-urlencoded) or JSON.");
  }
  const form = type === "application/json" ? fromJson(text) : fromForm(text);
  const basic = basicCredentials(req.headers.authorization);
  if (!basic) return form;
  if ("client_secret" in form) throw wrong("The client's secret came twice: by Basic and in the body.");
  if (form.client_id !== undefined && form.client_id !== basic.client_id) {
    throw wrong("client_id in the body is another than that of Basic.");
  }
  return { ...form, ...basic };
}

const wrong = (message: string) => new OAuthRefusal("invalid_request", message);

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw wrong("The body is not UTF-8.");
  }
}

function fromForm(text: string): OAuthForm {
  const given = new URLSearchParams(text);
  const form: OAuthForm = Object.create(null);
  for (const [name, value] of given) {
    if (name in form) throw wrong("A field came twice.");
    // An empty field counts as left out (RFC 6749, 3.2).
    if (value !== "") form[name] = value;
  }
  return { ...form };
}

function fromJson(text: string): OAuthForm {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    throw wrong("The body is not valid JSON.");
  }
  throw wrong("The body must be a JSON object.");
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined and encoded again. */
function basicCredentials(header: string | undefined) {
  if (header === undefined) return null;
  const [, encoded] = /^Basic\s+([\w+/=-]+)\s*$/i.exec(header) ?? [];
  const text = encoded ? Buffer.from(encoded, "base64").toString("utf8") : "";
  const colon = text.indexOf(":");
  if (colon < 1)
    throw new OAuthRefusal("invalid_client", "The Authorization header must be: Basic <id:secret>.");
  const part = (given: string) => new URLSearchParams(`part=${given}`).get("part") ?? "";
  return { client_id: part(text.slice(0, colon)), client_secret: part(text.slice(colon + 1)) };
}
