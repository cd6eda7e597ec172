import type { BlockList } from "node:net";
import { type AgentRefusalCode, agentAuthSchema } from "@/contracts/wire/agent";
import { presentedCertificate } from "@/domain/fleet/certificates";
import type { AgentDoor } from "@/domain/fleet/presence/door";
import { clientAddress } from "@/platform/web/client-address";
import type { AgentSocket } from "./connections";
import { firstFault } from "./first-fault";

/** Arrives at the agent as `connect_error` with `data.code`. */
function refusal(code: AgentRefusalCode, message: string): Error {
  return Object.assign(new Error(message), { data: { code, message } });
}

/** Judges the handshake before the connection counts. */
export function handshake(door: AgentDoor, trustedProxies: BlockList) {
  return async (socket: AgentSocket, next: (error?: Error) => void): Promise<void> => {
    const auth = agentAuthSchema.safeParse(socket.handshake.auth);
    if (!auth.success)
      return next(refusal("invalid", `The handshake is not understood: ${firstFault(auth.error)}`));
    const admission = await door.admit(auth.data, {
      certificate: presentedCertificate(socket.request.socket),
      address: clientAddress(socket.request, trustedProxies),
    });
    if (!admission.ok) return next(refusal(admission.code, admission.message));
    socket.data.agent = admission.agent;
    next();
  };
}
