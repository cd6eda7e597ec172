import type { ReactNode } from "react";

const B = ({ children }: { children: ReactNode }) => (
  <b className="font-strong text-foreground">{children}</b>
);

/** How one gets the address: the way through the other service's own menus. */
export function KindSteps({ kind }: { kind: "teams" | "slack" | "webhook" }) {
  return (
    <ol className="list-decimal space-y-0.5 rounded-md bg-muted py-2.5 pr-3 pl-8 text-muted-foreground text-xs">
      {steps[kind]}
    </ol>
  );
}

const steps: Record<"teams" | "slack" | "webhook", ReactNode> = {
  teams: (
    <>
      <li>
        In Teams, open the channel's <B>…</B> menu and choose <B>Workflows</B>.
      </li>
      <li>
        Take <B>Send webhook alerts to a channel</B>, and finish it.
      </li>
      <li>Copy the address that it shows, and paste it here.</li>
    </>
  ),
  slack: (
    <>
      <li>
        At api.slack.com/apps, make an app <B>from scratch</B> for your workspace.
      </li>
      <li>
        Switch on <B>Incoming Webhooks</B>, and add one to the channel.
      </li>
      <li>Copy the webhook's address, and paste it here.</li>
    </>
  ),
  webhook: (
    <>
      <li>
        Each message is a <B>POST</B> with JSON; an answer from 200 to 299 takes it.
      </li>
      <li>
        Its signature is HMAC-SHA256 over <span className="mono text-foreground">timestamp.body</span>: check
        it, and refuse what is older than five minutes.
      </li>
      <li>
        Its <B>id header</B> stays the same when a message is repeated: drop what you know.
      </li>
    </>
  ),
};
