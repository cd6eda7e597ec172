import type { CommandUpdate, PlainAnswer } from "@/contracts/wire/agent";
import { type Ground, systemCtx } from "@/domain/kernel";
import type { Timer } from "@/platform/clock";
import { startLoop } from "@/platform/loop";
import { claimFor, stillSent, type WaitingCommand, waitingCommands } from "./claim-commands";
import { type CommandRow, messageOf } from "./command-of";
import type { AgentCommands, CommandedAgent } from "./commanded-agent";
import { KnownCommands } from "./known-commands";
import { Links } from "./links";
import { pollCommands } from "./poll-commands";
import { reportCommand } from "./report-command";
import { reportKnown } from "./report-known";

export type { AgentCommands, CommandedAgent, SendCommand } from "./commanded-agent";

/** Worst delay of a command whose nudge was lost. */
const tickMs = 1_000;
/** A command that was sent and not even received is sent again after so long. */
const resendAfterMs = 5_000;
/** So long connections gather before one look at what waits for them: after a restart of ours all come at once. */
const gatherMs = 50;

/**
 * Brings commands to the agents that are connected to this instance, and takes what they say of them. Wakes at
 * nudges and connections; ticks, because both may be lost.
 */
export function createAgentCommands(ground: Ground): AgentCommands {
  const { clock, log } = ground;
  const links = new Links();
  const known = new KnownCommands();
  let nudged = new Set<string>();
  let joined = false;
  let gathering: Timer | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;

  const loop = startLoop({ name: "agent-commands", everyMs: tickMs, clock, log, run: round });
  const stopListening = ground.bus.subscribe("nudge.commands", ({ agentIds }) => {
    for (const id of agentIds) if (links.get(id)) nudged.add(id);
    if (nudged.size > 0) loop.nudge();
  });

  async function round(): Promise<void> {
    const [asked, came] = [nudged, joined];
    nudged = new Set();
    joined = false;
    try {
      // A nudge alone names whom it concerns; everything else is found by one look at what waits.
      if (!came && clock.monotonicMs() - lookedAtMs < tickMs / 2) await claim(accountsOf(asked));
      else await look();
    } catch (error) {
      for (const id of asked) nudged.add(id);
      joined ||= came;
      throw error;
    }
  }

  async function look(): Promise<void> {
    lookedAtMs = clock.monotonicMs();
    const waiting = await waitingCommands(ground);
    links.keep(new Set(waiting.map(({ id }) => id)));
    const here = waiting.filter((command) => links.get(command.agentId));
    await claim(accountsOf(here.filter(({ state }) => state === "queued").map(({ agentId }) => agentId)));
    const again = here.filter((command) => command.state === "sent" && isDue(command));
    for (const row of await stillSent(
      ground,
      again.map(({ id }) => id),
    )) {
      deliver(row);
    }
  }

  /** What never went out on the agent's present connection is due: the one that it left on may have been dying. */
  function isDue({ id, agentId }: WaitingCommand): boolean {
    const sent = links.get(agentId)?.sent.get(id);
    if (!sent) return true;
    return !sent.received && clock.monotonicMs() - sent.atMs >= resendAfterMs;
  }

  function accountsOf(agentIds: Iterable<string>): Map<string, string[]> {
    const byAccount = new Map<string, string[]>();
    for (const id of agentIds) {
      const account = links.get(id)?.agent.account;
      if (account === undefined) continue;
      byAccount.set(account, [...(byAccount.get(account) ?? []), id]);
    }
    return byAccount;
  }

  async function claim(byAccount: Map<string, string[]>): Promise<void> {
    for (const [account, agentIds] of byAccount) await claimFor(ground, account, agentIds, deliver);
  }

  /** Sends and does not wait: one agent that hangs must not keep the others. */
  function deliver(row: CommandRow): void {
    const link = links.get(row.agentId);
    if (!link) return;
    const sent = { atMs: clock.monotonicMs(), received: false };
    links.note(link, row.id, sent);
    known.keep(row);
    link.send(messageOf(row)).then(
      (answer) => {
        sent.received = true;
        if (!answer.ok && answer.error.code !== "unavailable")
          void refuse(link.agent, row, answer.error.message);
      },
      // No answer: the tick sends it again once `resendAfterMs` are over.
      () => log.debug({ commandId: row.id }, "An agent did not answer to a command."),
    );
  }

  /** The agent got it and says no: it took it and failed, which is what happened. */
  async function refuse(agent: CommandedAgent, { id }: CommandRow, message: string): Promise<void> {
    await update(agent, { id, state: "acknowledged" });
    await update(agent, { id, state: "failed", message: `The agent refused it: ${message}` });
  }

  async function update(agent: CommandedAgent, report: CommandUpdate): Promise<PlainAnswer> {
    links.heardOf(agent.agentId, report.id);
    polls.heardOf(report.id);
    const actor = { kind: "agent" as const, id: agent.agentId, name: agent.name };
    try {
      const ctx = { ...systemCtx(ground, agent.account), actor };
      const row = known.take(report.id);
      const moved = row && (await reportKnown(ctx, row, report));
      if (!moved) return await reportCommand(ctx, report);
      known.keep(moved);
      return { ok: true };
    } catch (error) {
      log.warn({ err: error, commandId: report.id }, "What an agent said of a command could not be stored.");
      const message = "Mission Control can't store this now. Keep it and say it again.";
      return { ok: false, error: { code: "unavailable", message, retryAfterMs: 1_000 } };
    }
  }

  const doors: Pick<AgentCommands, "connected" | "disconnected"> = {
    connected(agent, send) {
      links.add(agent, send);
      gathering ??= clock.setTimeout(() => {
        gathering = undefined;
        joined = true;
        loop.nudge();
      }, gatherMs);
    },
    disconnected: (agentId, send) => links.remove(agentId, send),
  };
  const polls = pollCommands(clock, doors);

  return {
    ...doors,
    nameOf: (agentId) => links.get(agentId)?.agent.name ?? null,
    deliver,
    update,
    waitFor: polls.waitFor,
    async stop() {
      stopListening();
      gathering?.cancel();
      polls.stop();
      await loop.stop();
    },
  };
}
