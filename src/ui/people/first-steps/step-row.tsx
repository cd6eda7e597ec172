import { CircleCheck, CircleDashed } from "lucide-react";
import Link from "next/link";
import type { Onboarding } from "@/contracts/people/onboarding";
import { Badge } from "../../primitives/badge";
import { Button } from "../../primitives/button";
import { stepWords } from "./step-words";

/** One step: whether it is done, why it matters, and the way to do it. */
export function StepRow({ name: step, done, optional }: Onboarding["steps"][number]) {
  const { name, why, to, does } = stepWords[step];
  return (
    <li className="flex items-center gap-3 border-border/62 border-b px-4 py-3 last:border-b-0 max-md:flex-wrap">
      {done ? (
        <CircleCheck aria-hidden="true" className="size-[18px] shrink-0 text-status-online" />
      ) : (
        <CircleDashed aria-hidden="true" className="size-[18px] shrink-0 text-muted-foreground" />
      )}
      <div className="min-w-0 flex-1 leading-[19px] max-md:basis-4/5">
        <span className="flex items-center gap-1.5">
          <b className="font-strong">{name}</b>
          <span className="sr-only">{done ? "done" : "not done yet"}</span>
          {optional && !done ? <Badge>good to have</Badge> : null}
        </span>
        <p className="text-muted-foreground text-sm">{why}</p>
      </div>
      {to && !done ? (
        <Button asChild className="max-md:ml-[30px]">
          <Link href={to}>{does}</Link>
        </Button>
      ) : null}
    </li>
  );
}
