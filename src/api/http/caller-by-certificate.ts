import { findAgentByCertificate, type PresentedCertificate } from "@/domain/fleet/certificates";
import { unauthenticated } from "@/domain/kernel";
import type { Caller } from "@/domain/people/sessions";
import type { Runtime } from "@/domain/runtime";

/** The agent of a connection with a client certificate. Looked up at each request, so that a revocation counts at once. */
export async function callerByCertificate(
  runtime: Runtime,
  presented: PresentedCertificate,
  from: string | null,
): Promise<Caller> {
  const agent = await findAgentByCertificate(runtime, presented, from, runtime.env.agentCa !== undefined);
  if (!agent) throw unauthenticated("This certificate is no agent's: it is unknown, revoked or expired.");
  return {
    account: agent.account,
    actor: { kind: "agent", id: agent.agentId, name: agent.name },
    role: null,
    via: "agent-certificate",
    sessionId: null,
    setCookie: null,
  };
}
