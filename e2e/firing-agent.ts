import { eventually } from "@/testing/eventually";
import type { AgentProcess } from "./agent-process";
import type { Stack } from "./stack";

type Listed = { items: { id: string; subject: { name: string } }[] };

/** A real agent that works, and that the server hears. */
export async function onlineAgent(stack: Stack, name: string): Promise<AgentProcess> {
  const agent = await stack.agent(name);
  const status = async () =>
    (await stack.owner.call<{ status: string }>("GET", `/v1/agents/${agent.id}`)).status;
  await eventually(async () => (await status()) === "online", { timeoutMs: 20_000 });
  return agent;
}

/** A real agent that works, is killed and so has an alert that fires; answers the alert's id too. */
export async function firingAgent(
  stack: Stack,
  name: string,
): Promise<{ agent: AgentProcess; alertId: string }> {
  const agent = await onlineAgent(stack, name);
  await agent.kill();
  const alertId = await eventually(
    async () => {
      const { items } = await stack.owner.call<Listed>("GET", "/v1/alerts?state=firing&limit=50");
      return items.find(({ subject }) => subject.name === name)?.id ?? null;
    },
    { timeoutMs: 20_000 },
  );
  return { agent, alertId };
}
