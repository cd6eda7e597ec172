import type { IncomingMessage, ServerResponse } from "node:http";
import { findPublicKeys } from "@/domain/people/oauth";
import type { Runtime } from "@/domain/runtime";
import { send } from "./answer";

/** Where programs of others look for our keys; the same keys as `/v1/auth/jwks`. */
export const jwksPath = "/.well-known/jwks.json";

/** Public and the same for everybody. Kept by others for a minute: a new key signs at once. */
export async function answerJwks(runtime: Runtime, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const keys = await findPublicKeys(runtime);
  res.setHeader("Cache-Control", "public, max-age=60");
  await send(req, res, 200, JSON.stringify(keys), "application/json; charset=utf-8");
}
