"use client";

import { useId } from "react";
import { type Role, roles } from "@/contracts/people/role";
import { trpc } from "../../api/trpc";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { Switch } from "../../primitives/switch";
import { toast } from "../../primitives/toast";
import { Awaited } from "../awaited";
import { roleWords } from "../role-words";
import { tellFailure } from "../tell";

/** For admins: which roles must have a second factor. It counts with the next click of everybody it is about. */
export function PolicyCard() {
  const policy = trpc.secondFactor.policy.useQuery({});
  const cache = trpc.useUtils();
  const set = trpc.secondFactor.setPolicy.useMutation({
    onSuccess: async (now) => {
      cache.secondFactor.policy.setData({}, now);
      toast.done({ title: "Kept", detail: said(now.requiredFor) });
      await Promise.all([cache.secondFactor.get.invalidate(), cache.auth.status.invalidate()]);
    },
    onError: tellFailure("Nothing was changed"),
  });
  return (
    <Card className="mt-6 max-md:rounded-none max-md:border-x-0">
      <CardHeader title="Who must have a second factor" />
      <CardBody>
        <p className="mb-3 max-w-prose text-muted-foreground">
          Who has none sees only the page to set one up, from the next click on. People who come by a passkey
          or through your identity provider are not asked.
        </p>
        <Awaited query={policy} rows={3}>
          {({ requiredFor }) => (
            <ul className="grid max-w-sm gap-2">
              {roles.map((role) => (
                <RoleSwitch
                  key={role}
                  role={role}
                  on={requiredFor.includes(role)}
                  busy={set.isPending}
                  onChange={(on) =>
                    set.mutate({
                      requiredFor: roles.filter((other) =>
                        other === role ? on : requiredFor.includes(other),
                      ),
                    })
                  }
                />
              ))}
            </ul>
          )}
        </Awaited>
      </CardBody>
    </Card>
  );
}

function RoleSwitch({
  role,
  on,
  busy,
  onChange,
}: {
  role: Role;
  on: boolean;
  busy: boolean;
  onChange: (on: boolean) => void;
}) {
  const id = useId();
  return (
    <li className="flex min-h-8 items-center justify-between gap-4 max-md:min-h-11">
      <label htmlFor={id}>{roleWords[role].name}</label>
      <Switch id={id} checked={on} disabled={busy} onCheckedChange={onChange} />
    </li>
  );
}

const said = (required: readonly Role[]) =>
  required.length === 0
    ? "No role has to have a second factor."
    : `Has to have one: ${required.map((role) => roleWords[role].name).join(", ")}.`;
