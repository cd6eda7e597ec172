import { conditionSchema } from "@/contracts/watch/condition";
import { ruleDraftSchema } from "@/contracts/watch/rule";

/** A field's place in the file: `["when", "after"]`. */
export type Path = (string | number)[];
export type Fault = { path: Path; message: string };

/** Words that the file has for those of the contract, besides durations, which lose their `Ms`. */
const fileWordOf: Record<string, string> = { condition: "when", channelIds: "channels", agentIds: "agents" };

/** How the file calls a field of the contract. */
export const fileWord = (field: string): string => fileWordOf[field] ?? field.replace(/Ms$/, "");

/** Fields of a rule, in the order in which a person reads one. */
export const ruleFields = [
  "name",
  "severity",
  "scope",
  "except",
  "condition",
  "forMs",
  "recoverMs",
  "noData",
  "onError",
  "flap",
  "channelIds",
  "quiet",
  "labels",
  "runbook",
  "enabled",
] as const satisfies readonly (keyof typeof ruleDraftSchema.shape)[];

/** What a condition of a kind can say. */
export const conditionFields: ReadonlyMap<string, readonly string[]> = new Map(
  conditionSchema.options.map(({ shape }) => [shape.kind.value, Object.keys(shape)]),
);

/** What the file does not have to say. */
export const defaultsOfFile = ruleDraftSchema
  .omit({ name: true, severity: true, scope: true, condition: true })
  .parse({}) as Record<string, unknown>;
