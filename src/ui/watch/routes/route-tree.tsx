"use client";

import { useState } from "react";
import type { Channel } from "@/contracts/watch/channel";
import type { AlertPolicy, Route } from "@/contracts/watch/policy";
import { FormDialog } from "../../people/form-dialog";
import { Card, CardHeader } from "../../primitives/card";
import { RouteForm } from "./route-form";
import { RouteRow } from "./route-row";
import { freshId, inAskedOrder, moved, newRoute, routeIds, withRoute } from "./words/tree";

type Open = { route: Route; under: string | null } | null;

/** The branches as they are asked; each can be moved, changed, taken away, and have branches of its own. */
export function RouteTree({
  policy,
  channels,
  because,
  hits,
  onChange,
}: {
  policy: AlertPolicy;
  channels: readonly Channel[];
  because: string | undefined;
  /** Branches that the tried alert goes to. */
  hits: ReadonlySet<string>;
  onChange: (root: Route) => void;
}) {
  const [open, setOpen] = useState<Open>(null);
  const placed = inAskedOrder(policy.root);
  const take = (route: Route) => {
    if (!open) return;
    if (open.under === null) onChange(withRoute(policy.root, route.id, () => route));
    else {
      const made = { ...route, id: freshId(route.name, routeIds(policy)) };
      onChange(
        withRoute(policy.root, open.under, (above) => ({ ...above, routes: [...above.routes, made] })),
      );
    }
    setOpen(null);
  };
  return (
    <Card aria-label="Branches">
      <CardHeader title="Branches" aside="asked from top to bottom" />
      <ol>
        {placed.map((one) => (
          <RouteRow
            key={one.route.id}
            placed={one}
            channels={channels}
            because={because}
            hit={hits.has(one.route.id)}
            onMove={(by) => onChange(moved(policy.root, one.route.id, by))}
            onEdit={() => setOpen({ route: one.route, under: null })}
            onAdd={() => setOpen({ route: newRoute("new"), under: one.route.id })}
            onRemove={() => onChange(withRoute(policy.root, one.route.id, () => null))}
          />
        ))}
      </ol>
      <FormDialog size="lg" open={open !== null} onOpenChange={() => setOpen(null)}>
        {open ? (
          <RouteForm
            route={open.route}
            isNew={open.under !== null}
            isRoot={open.route.id === policy.root.id}
            above={
              placed.find(({ route }) => route.id === (open.under ?? ""))?.effective ??
              placed.find(
                ({ route }) => route.id === placed.find((one) => one.route.id === open.route.id)?.parent?.id,
              )?.effective
            }
            channels={channels}
            onTake={take}
            onCancel={() => setOpen(null)}
          />
        ) : null}
      </FormDialog>
    </Card>
  );
}
