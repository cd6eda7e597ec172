import { Bot, KeyRound, Server, ShieldQuestionMark, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import type { Actor } from "@/contracts/kernel/actor";
import { Avatar } from "../../primitives/avatar";

const icons: Record<Exclude<Actor["kind"], "user">, ReactNode> = {
  token: <KeyRound />,
  agent: <Bot />,
  rule: <Workflow />,
  system: <Server />,
  anonymous: <ShieldQuestionMark />,
};

/** Who did it: a person by a face, everything else by what it is. */
export function ActorMark({ actor }: { actor: Actor }) {
  return (
    <span className="flex min-w-0 items-center gap-[7px]">
      {actor.kind === "user" ? (
        <Avatar name={actor.name} size="xs" decorative />
      ) : (
        <span
          aria-hidden="true"
          className="grid size-[18px] shrink-0 place-items-center rounded-[5px] bg-muted text-muted-foreground [&_svg]:size-3"
        >
          {icons[actor.kind]}
        </span>
      )}
      <span className={actor.kind === "user" ? "cut" : "cut text-muted-foreground"}>{actor.name}</span>
    </span>
  );
}
