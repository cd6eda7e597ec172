import { type Attempts, type Caller, placeOf } from "@/domain/people/sessions";

/**
 * Counts a call of the API: those of a person by session, those of programs by token, those of nobody by address.
 * A batch of the console is one call. Agents have a guard of their own and are not counted here.
 */
export async function takeCall(attempts: Attempts, caller: Caller, ip: string | null): Promise<void> {
  if (caller.actor.kind === "agent" || caller.via === "join-token") return;
  if (caller.sessionId) return attempts.take(caller.sessionId.slice(0, 16), "session");
  if (caller.via === "nothing") return attempts.take(placeOf(ip), "anonymous");
  await attempts.take(`${caller.actor.kind} ${caller.actor.id}`, "token");
}
