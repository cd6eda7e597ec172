"use client";

import { Copy, Ellipsis, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Rule } from "@/contracts/watch/rule";
import { trpc } from "../../../api/trpc";
import { countOf } from "../../../format/quantity";
import { useFiringAlerts } from "../../../live/hooks";
import { ConfirmDialog } from "../../../people/confirm-dialog";
import { useWhyNot } from "../../../people/me";
import { tellFailure } from "../../../people/tell";
import { Button } from "../../../primitives/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../../../primitives/dropdown-menu";
import { toast } from "../../../primitives/toast";

/** Copy and delete. `onPage`: it stands on the rule's own page, which a deleted rule leaves. */
export function RuleActions({ rule, onPage = false }: { rule: Rule; onPage?: boolean }) {
  const cache = trpc.useUtils();
  const router = useRouter();
  const because = useWhyNot("rules:manage");
  const [asking, setAsking] = useState(false);
  const firing = useFiringAlerts().filter(({ ruleId }) => ruleId === rule.id).length;
  const copy = trpc.rules.duplicate.useMutation({
    onSuccess: async (made) => {
      toast.done({ title: `“${made.name}” is made, switched off`, detail: "change it and switch it on" });
      await cache.rules.list.invalidate();
      router.push(`/alerts/rules/${made.id}`);
    },
    onError: tellFailure(`“${rule.name}” was not copied`),
  });
  const remove = trpc.rules.remove.useMutation({
    onSuccess: async () => {
      setAsking(false);
      toast.done({ title: `The rule “${rule.name}” is gone` });
      if (onPage) router.push("/alerts/rules");
      await cache.rules.list.invalidate();
    },
    onError: tellFailure(`“${rule.name}” was not deleted`),
  });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`More for the rule ${rule.name}`}
            disabled={because !== undefined}
            title={because}
          >
            <Ellipsis aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => copy.mutate({ id: rule.id })}>
            <Copy aria-hidden="true" />
            Duplicate
          </DropdownMenuItem>
          <DropdownMenuItem danger onSelect={() => setAsking(true)}>
            <Trash2 aria-hidden="true" />
            Delete…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete “${rule.name}”?`}
        does="Delete the rule"
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id: rule.id })}
      >
        <p>
          {firing > 0 ? `What it fires (${countOf(firing, "alert")}) is resolved now, and told so. ` : ""}
          Past alerts and its versions stay. To pause it, switch it off instead.
        </p>
      </ConfirmDialog>
    </>
  );
}
