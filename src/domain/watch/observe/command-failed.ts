import { commandKindSchema } from "@/contracts/fleet/command";
import { durationText } from "../duration-text";
import type { SightOf } from "./agent-kinds";

/** Commands that failed or came too late; one that succeeds says that the agent obeys again. */
export const sightOfCommandFailed: SightOf<"command-failed"> = (news, { condition }) => {
  const kind = commandKindSchema.safeParse(news.data.kind);
  if (!kind.success || (condition.kinds.length > 0 && !condition.kinds.includes(kind.data))) return null;
  const { at } = news;
  if (news.kind === "command.succeeded") {
    return { truth: "good", since: at, summary: `Its ${kind.data} succeeded` };
  }
  if (news.kind !== "command.failed" && news.kind !== "command.expired") return null;
  const how = news.kind === "command.failed" ? "failed" : "came too late";
  const said = typeof news.after.message === "string" ? `: ${news.after.message}` : "";
  const often =
    condition.count > 1
      ? `${condition.count} commands failed within ${durationText(condition.windowMs)}; at last: `
      : "";
  return { truth: "bad", since: at, summary: `${often}${kind.data} ${how}${said}`, count: 1 };
};
