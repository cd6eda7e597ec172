import type { AgentAuth, AgentRefusalCode } from "@/contracts/wire/agent";
import { agentProtocol } from "@/contracts/wire/agent";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import type { AdmissionDesk } from "./admission-desk";
import type { Admission, AdmissionRow, AdmittedAgent } from "./admitted-agent";

const keyForm = /^mca_[\w-]{43}$/;
const answerWithinMs = 5_000;
/** A revoked key that knocks every second is one line in the audit log a minute. */
const tellEveryMs = 60_000;

/** Judges who may come in, and says to those who may not what to do about it. */
export class Admittance {
  private readonly told = new Map<string, number>();

  constructor(
    private readonly ground: Ground,
    private readonly desk: AdmissionDesk,
  ) {}

  async admit(auth: AgentAuth): Promise<{ admission: Admission; row: AdmissionRow | null }> {
    if (auth.protocol !== agentProtocol) {
      const message = `This server speaks protocol ${agentProtocol} with agents, not ${auth.protocol}. Update the agent.`;
      return refuse("protocol", message);
    }
    if (!keyForm.test(auth.key)) return refuse("bad-key", badKey);
    const row = await this.lookInTime(auth);
    if (row === "away") {
      return refuse(
        "unavailable",
        "The database does not answer, so the key can't be checked. Try again in a moment.",
      );
    }
    if (!row || row.removed) return refuse("bad-key", badKey);
    if (row.revoked) {
      this.tell(row, auth);
      return refuse(
        "revoked-key",
        "This key was revoked. Give the agent its new key, or make one on its page.",
      );
    }
    return { admission: { ok: true, agent: agentOfRow(row, auth) }, row };
  }

  private async lookInTime(auth: AgentAuth): Promise<AdmissionRow | null | "away"> {
    let late: { cancel(): void } | undefined;
    const inTime = new Promise<"away">((resolve) => {
      late = this.ground.clock.setTimeout(() => resolve("away"), answerWithinMs);
    });
    try {
      return await Promise.race([this.desk.look(sha256Hex(auth.key), auth.sessionId), inTime]);
    } catch (error) {
      this.ground.log.warn({ err: error }, "An agent's key can't be checked now.");
      return "away";
    } finally {
      late?.cancel();
    }
  }

  /** A revoked key still in use belongs into the audit log: somebody has it. */
  private tell(row: AdmissionRow, auth: AgentAuth): void {
    const nowMs = this.ground.clock.monotonicMs();
    const toldMs = this.told.get(row.keyId);
    if (toldMs !== undefined && nowMs - toldMs < tellEveryMs) return;
    this.told.set(row.keyId, nowMs);
    transact(systemCtx(this.ground, row.account), async (unit) =>
      unit.record({
        kind: "security.agent_refused",
        target: { kind: "agent", id: row.agentId, name: row.name },
        reason: "It came with a revoked key.",
        data: { keyId: row.keyId, prefix: row.keyPrefix, host: auth.hostname ?? null },
      }),
    ).catch((error: unknown) =>
      this.ground.log.warn({ err: error }, "A refused agent could not be recorded."),
    );
  }
}

const badKey =
  "No agent has this key. Check that it was copied whole, or make a new one on the agent's page.";

function refuse(code: AgentRefusalCode, message: string): { admission: Admission; row: null } {
  return { admission: { ok: false, code, message }, row: null };
}

function agentOfRow(row: AdmissionRow, auth: AgentAuth): AdmittedAgent {
  return {
    agentId: row.agentId,
    account: row.account,
    name: row.name,
    keyId: row.keyId,
    session: {
      sessionId: auth.sessionId,
      host: auth.hostname ?? null,
      pid: auth.pid ?? null,
      version: auth.version ?? null,
      commandLine: auth.commandLine ?? null,
      keyPrefix: row.keyPrefix,
    },
    logsThrough: row.through,
    over: false,
  };
}
