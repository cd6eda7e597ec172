import type { AgentAuth, AgentRefusalCode } from "@/contracts/wire/agent";
import { agentProtocol } from "@/contracts/wire/agent";
import { adoptCertificate, type PresentedCertificate } from "@/domain/fleet/certificates";
import type { Credential } from "@/domain/fleet/keys/note-uses";
import { type Ground, systemCtx, transact } from "@/domain/kernel";
import { sha256Hex } from "@/platform/crypto";
import type { AdmissionDesk } from "./admission-desk";
import type { Admission, AdmissionRow, AdmittedAgent } from "./admitted-agent";
import { reportedMoment } from "./reported-moment";

const keyForm = /^mca_[\w-]{43}$/;
const answerWithinMs = 5_000;
/** A revoked key that knocks every second is one line in the audit log a minute. */
const tellEveryMs = 60_000;

/** How a connection came: with a verified client certificate, or else the key decides. */
export type CameBy = { certificate: PresentedCertificate | null; address: string | null };

/** Judges who may come in, and says to those who may not what to do about it. */
export class Admittance {
  private readonly told = new Map<string, number>();

  constructor(
    private readonly ground: Ground,
    private readonly desk: AdmissionDesk,
    private readonly outsideAuthority: boolean,
  ) {}

  async admit(auth: AgentAuth, by: CameBy): Promise<{ admission: Admission; row: AdmissionRow | null }> {
    const { certificate } = by;
    if (auth.protocol !== agentProtocol) {
      const message = `This server speaks protocol ${agentProtocol} with agents, not ${auth.protocol}. Update the agent.`;
      return refuse("protocol", message);
    }
    if (!certificate && !keyForm.test(auth.key)) return refuse("bad-key", badKey);
    const row = await this.lookInTime(auth, by);
    if (row === "away") {
      return refuse(
        "unavailable",
        "The database does not answer, so the key can't be checked. Try again in a moment.",
      );
    }
    if (!row || row.removed) return refuse("bad-key", certificate ? badCertificate : badKey);
    if (row.revoked || row.expired) {
      const end = row.revoked ? "revoked" : "expired";
      this.tell(row, auth, `It came with ${row.by === "key" ? "a key" : "a certificate"} that is ${end}.`);
      return refuse("revoked-key", overWords[row.by](end));
    }
    return { admission: { ok: true, agent: agentOfRow(row, auth, this.ground.clock.now()) }, row };
  }

  private async lookInTime(auth: AgentAuth, by: CameBy): Promise<AdmissionRow | null | "away"> {
    let late: { cancel(): void } | undefined;
    const inTime = new Promise<"away">((resolve) => {
      late = this.ground.clock.setTimeout(() => resolve("away"), answerWithinMs);
    });
    try {
      return await Promise.race([this.look(auth, by), inTime]);
    } catch (error) {
      this.ground.log.warn({ err: error }, "An agent's key can't be checked now.");
      return "away";
    } finally {
      late?.cancel();
    }
  }

  private async look({ key, sessionId }: AgentAuth, { certificate, address }: CameBy) {
    if (!certificate) {
      return this.desk.look({ by: "key", hash: sha256Hex(key), sessionId, from: address });
    }
    if (this.outsideAuthority) await adoptCertificate(this.ground.db, this.ground.clock.now(), certificate);
    return this.desk.look({ by: "certificate", hash: certificate.fingerprint, sessionId, from: address });
  }

  /** A revoked key still in use belongs into the audit log: somebody has it. */
  private tell(row: AdmissionRow, auth: AgentAuth, reason: string): void {
    const nowMs = this.ground.clock.monotonicMs();
    const toldMs = this.told.get(row.keyId);
    if (toldMs !== undefined && nowMs - toldMs < tellEveryMs) return;
    this.told.set(row.keyId, nowMs);
    transact(systemCtx(this.ground, row.account), async (unit) =>
      unit.record({
        kind: "security.agent_refused",
        target: { kind: "agent", id: row.agentId, name: row.name },
        reason,
        data: { keyId: row.keyId, prefix: row.keyPrefix, host: auth.hostname ?? null },
      }),
    ).catch((error: unknown) =>
      this.ground.log.warn({ err: error }, "A refused agent could not be recorded."),
    );
  }
}

const overWords: Record<Credential, (end: "revoked" | "expired") => string> = {
  key: (end) =>
    end === "revoked"
      ? "This key was revoked. Give the agent its new key, or make one on its page."
      : "This key was rotated, and its time is over. Give the agent its new key.",
  certificate: (end) =>
    end === "revoked"
      ? "This certificate was revoked. Issue the agent a new one."
      : "This certificate has expired. Issue the agent a new one.",
};

const badCertificate =
  "No agent has this certificate. Issue it one with mc ca issue, or name the agent in the outside authority's.";

const badKey =
  "No agent has this key. Check that it was copied whole, or make a new one on the agent's page.";

function refuse(code: AgentRefusalCode, message: string): { admission: Admission; row: null } {
  return { admission: { ok: false, code, message }, row: null };
}

function agentOfRow(row: AdmissionRow, auth: AgentAuth, now: Date): AdmittedAgent {
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
    endedAt: auth.endedAt === undefined ? null : reportedMoment(auth.endedAt, now),
    over: false,
  };
}
