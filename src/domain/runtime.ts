import type { BoardFeed } from "@/domain/fleet/board/feed";
import type { AgentCommands } from "@/domain/fleet/commands/agent-commands";
import type { AgentDoor } from "@/domain/fleet/presence/door";
import type { Ground } from "@/domain/kernel";
import type { Visits } from "@/domain/people/sessions";
import type { Sso } from "@/domain/people/sso";
import type { Env } from "@/platform/env";
import type { Mailer } from "@/platform/mail";
import type { Out } from "@/platform/out";

/** Everything that is built once, by `server.ts`, and reached by pages through `@/platform/runtime`. */
export type Runtime = Ground & {
  env: Env;
  instanceId: string;
  /** Live picture of the fleet and the numbered frames that keep it current. */
  feed: BoardFeed;
  /** What agents' messages do, whichever transport they came by. */
  door: AgentDoor;
  /** Commands as agents' connections see them. */
  commands: AgentCommands;
  /** Guarded way to addresses that users gave. */
  out: Out;
  /** Mail to people; off when the settings name no server. */
  mailer: Mailer;
  /** The identity provider; null while single sign-on is not set up. */
  sso: Sso | null;
  /** Whose page is being drawn. */
  visits: Visits;
};
