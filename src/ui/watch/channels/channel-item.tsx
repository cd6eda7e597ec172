"use client";

import { Pencil, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Channel } from "@/contracts/watch/channel";
import { trpc } from "../../api/trpc";
import { ConfirmDialog } from "../../people/confirm-dialog";
import { useWhyNot } from "../../people/me";
import { tellFailure } from "../../people/tell";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { cn } from "../../primitives/class-names";
import { Switch } from "../../primitives/switch";
import { toast } from "../../primitives/toast";
import { ChannelDialog } from "./channel-dialog";
import { ChannelHealth } from "./channel-health";
import { kindLooks } from "./channel-kinds";
import { TestAnswer } from "./test-answer";

/** One channel: its masked address, how it last went, and a test that shows the real answer under it. */
export function ChannelItem({ channel }: { channel: Channel }) {
  const cache = trpc.useUtils();
  const because = useWhyNot("channels:manage");
  const off = because ? { offBecause: because } : {};
  const [changing, setChanging] = useState(false);
  const [asking, setAsking] = useState(false);
  const test = trpc.channels.test.useMutation({
    onError: tellFailure(`The test was not sent to ${channel.name}`),
  });
  const change = trpc.channels.change.useMutation({
    onSuccess: () => cache.channels.list.invalidate(),
    onError: tellFailure(`${channel.name} was not changed`),
  });
  const remove = trpc.channels.remove.useMutation({
    onSuccess: async () => {
      setAsking(false);
      toast.done({ title: `${channel.name} is gone` });
      await cache.channels.list.invalidate();
    },
    onError: tellFailure(`${channel.name} was not deleted`),
  });
  const look = kindLooks[channel.kind];
  const Icon = look.icon;
  return (
    <li className="border-border/62 border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="grid size-8 shrink-0 place-items-center rounded-md bg-muted text-muted-foreground">
          <Icon aria-hidden="true" className="size-4" />
        </span>
        <div className="min-w-0 flex-1 basis-52">
          <p className="flex min-w-0 items-baseline gap-1.5">
            <b className="cut font-strong">{channel.name}</b>
            <span className="text-muted-foreground text-xs">{look.name}</span>
          </p>
          <p
            className={cn("cut text-muted-foreground", look.isAddress ? "mono" : "text-xs")}
            title={channel.target}
          >
            {channel.target}
          </p>
        </div>
        <span className="flex items-center gap-2 text-muted-foreground text-xs" title={because}>
          <Switch
            aria-label={`Tell ${channel.name}`}
            checked={channel.enabled}
            disabled={because !== undefined || change.isPending}
            onCheckedChange={(enabled) => change.mutate({ id: channel.id, enabled })}
          />
          {channel.enabled ? "On" : "Off"}
        </span>
        <ButtonWithReason busy={test.isPending} onClick={() => test.mutate({ id: channel.id })} {...off}>
          <Send aria-hidden="true" />
          Send a test
        </ButtonWithReason>
        <span className="flex">
          <ButtonWithReason
            variant="ghost"
            size="icon"
            aria-label={`Change ${channel.name}`}
            onClick={() => setChanging(true)}
            {...off}
          >
            <Pencil aria-hidden="true" />
          </ButtonWithReason>
          <ButtonWithReason
            variant="ghost"
            size="icon"
            aria-label={`Delete ${channel.name}`}
            onClick={() => setAsking(true)}
            {...off}
          >
            <Trash2 aria-hidden="true" />
          </ButtonWithReason>
        </span>
      </div>
      <div className="md:pl-11">
        <ChannelHealth channel={channel} />
        {test.data ? <TestAnswer result={test.data} name={channel.name} /> : null}
      </div>
      <ChannelDialog open={changing} onOpenChange={setChanging} channel={channel} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${channel.name}?`}
        does={`Delete ${channel.name}`}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: channel.id })}
      >
        <p>
          Its address is forgotten, what still waits for it is given up, and rules no longer reach it. The
          delivery log keeps what it was told.
        </p>
      </ConfirmDialog>
    </li>
  );
}
