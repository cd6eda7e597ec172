import type { AgentStatus } from "@/contracts/fleet/status";
import type { AgentRefusalCode } from "@/contracts/wire/agent";
import type { SessionInfo } from "@/domain/fleet/agents/status-event";
import type { Credential } from "@/domain/fleet/keys/note-uses";

/** An agent whose key was good: what every message of its connection is done as. */
export type AdmittedAgent = {
  agentId: string;
  account: string;
  name: string;
  /** Id of the key, or serial of the certificate; null over HTTP, where every request is authenticated by itself. */
  keyId: string | null;
  session: SessionInfo;
  /** Highest durable log `seq` of this session, -1 for none. */
  logsThrough: number;
  /** The session was over when it connected, by its own clock: it tells what was missed, and is not there. */
  endedAt: Date | null;
  /** It said goodbye: nothing that it sent before may bring it back. */
  over: boolean;
};

/** What admission found in the rows, beside the agent. */
export type AdmissionRow = {
  place: number;
  keyId: string;
  keyPrefix: string;
  by: Credential;
  /** It came with the secret that the last rotation replaced. */
  previous: boolean;
  /** The secret before the last rotation is good until this one is used: now it ends. */
  endsPrevious: boolean;
  revoked: boolean;
  expired: boolean;
  removed: boolean;
  agentId: string;
  account: string;
  name: string;
  status: AgentStatus;
  knownSession: string | null;
  through: number;
};

export type Admission =
  | { ok: true; agent: AdmittedAgent }
  | { ok: false; code: AgentRefusalCode; message: string };
