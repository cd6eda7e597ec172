"use client";

import type { Rule } from "@/contracts/watch/rule";
import { trpc } from "../../../api/trpc";
import { useWhyNot } from "../../../people/me";
import { tellFailure } from "../../../people/tell";
import { Switch } from "../../../primitives/switch";
import { toast } from "../../../primitives/toast";

/** On or off, at once. */
export function RuleSwitch({ rule }: { rule: Rule }) {
  const cache = trpc.useUtils();
  const because = useWhyNot("rules:manage");
  const change = trpc.rules.change.useMutation({
    onSuccess: async (saved) => {
      toast.done({ title: `“${saved.name}” is ${saved.enabled ? "on" : "off"}` });
      await cache.rules.list.invalidate();
    },
    onError: tellFailure(`“${rule.name}” was not switched`),
  });
  const enabled = change.isPending ? (change.variables.enabled ?? rule.enabled) : rule.enabled;
  return (
    <span className="inline-flex items-center gap-2 text-muted-foreground text-xs" title={because}>
      <Switch
        aria-label={`Rule ${rule.name} is on`}
        checked={enabled}
        disabled={because !== undefined || change.isPending}
        onCheckedChange={(next) => change.mutate({ id: rule.id, enabled: next })}
      />
      <span className="w-5">{enabled ? "On" : "Off"}</span>
    </span>
  );
}
