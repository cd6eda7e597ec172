"use client";

import { RadioGroup } from "radix-ui";
import { type ChannelKind, channelKinds } from "@/contracts/watch/channel";
import { cn } from "../../primitives/class-names";
import { kindLooks } from "./channel-kinds";

/** Which kind of channel: arrow keys walk through them. */
export function KindChoice({
  value,
  onChange,
}: {
  value: ChannelKind;
  onChange: (kind: ChannelKind) => void;
}) {
  const pick = (next: string) => {
    const kind = channelKinds.find((known) => known === next);
    if (kind) onChange(kind);
  };
  return (
    <div>
      <RadioGroup.Root
        aria-label="Kind of channel"
        value={value}
        onValueChange={pick}
        className="grid grid-cols-5 gap-1.5 max-md:grid-cols-2"
      >
        {channelKinds.map((kind) => {
          const { icon: Icon, short } = kindLooks[kind];
          return (
            <RadioGroup.Item
              key={kind}
              value={kind}
              className={cn(
                "flex min-h-14 flex-col items-center justify-center gap-1 rounded-md border border-border-strong bg-card px-1 text-xs",
                "hover:bg-accent data-[state=checked]:border-foreground data-[state=checked]:bg-accent data-[state=checked]:font-strong",
              )}
            >
              <Icon aria-hidden="true" className="size-4 text-muted-foreground" />
              {short}
            </RadioGroup.Item>
          );
        })}
      </RadioGroup.Root>
      <p className="mt-2 text-muted-foreground text-xs">
        {kindLooks[value].says} {kindLooks[value].promise}
      </p>
    </div>
  );
}
