import { MessageSquareOff } from "lucide-react";
import Link from "next/link";
import type { RuleDraft } from "@/contracts/watch/rule";
import { Alert } from "../../../primitives/alert";
import { TextLink } from "../../../primitives/text-link";

/** A rule that reaches nobody looks like one that works, until the night it should have rung. */
export function NobodyTold({
  rule,
  channels,
}: {
  rule: Pick<RuleDraft, "channelIds">;
  channels: readonly { id: string; enabled: boolean }[];
}) {
  const { channelIds } = rule;
  const meant = channelIds.length === 0 ? channels : channels.filter(({ id }) => channelIds.includes(id));
  if (meant.some(({ enabled }) => enabled)) return null;
  const none = meant.length === 0;
  return (
    <Alert tone="waiting" className="mt-3" icon={<MessageSquareOff aria-hidden="true" />}>
      This rule tells <b>nobody</b> yet: {none ? "there is no channel" : "its channels are switched off"}.
      Alerts still show here.{" "}
      <TextLink asChild>
        <Link href="/settings/channels">{none ? "Add a channel" : "Open the channels"}</Link>
      </TextLink>
    </Alert>
  );
}
