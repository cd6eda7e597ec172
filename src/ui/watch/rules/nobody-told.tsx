import { MessageSquareOff } from "lucide-react";
import Link from "next/link";
import type { Channel } from "@/contracts/watch/channel";
import { Alert } from "../../primitives/alert";
import { TextLink } from "../../primitives/text-link";
import type { RuleWish } from "./rule-words";

/** A rule that reaches nobody looks like one that works, until the night it should have rung. */
export function NobodyTold({ rule, channels }: { rule: RuleWish; channels: readonly Channel[] }) {
  const meant =
    rule.channelIds.length === 0 ? channels : channels.filter(({ id }) => rule.channelIds.includes(id));
  if (meant.some(({ enabled }) => enabled)) return null;
  return (
    <Alert tone="waiting" className="mt-3" icon={<MessageSquareOff aria-hidden="true" />}>
      This rule tells <b>nobody</b> yet:{" "}
      {meant.length === 0 ? "there is no channel" : "its channels are switched off"}. Alerts still show here.{" "}
      <TextLink asChild>
        <Link href="/settings/channels">
          {meant.length === 0 ? "Add a Teams channel" : "Open the channels"}
        </Link>
      </TextLink>
    </Alert>
  );
}
