"use client";

import { ShieldCheck, Smartphone } from "lucide-react";
import { useState } from "react";
import type { SecondFactor } from "@/contracts/people/second-factor";
import { trpc } from "../../api/trpc";
import { RelativeTime } from "../../format/time";
import { Button } from "../../primitives/button";
import { ButtonWithReason } from "../../primitives/button-with-reason";
import { Card, CardBody, CardHeader } from "../../primitives/card";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { tellFailure } from "../tell";
import { EnrolApp } from "./enrol-app";

/** One's authenticator app: set up, in use since, removed. */
export function AppCard({ factor, onCodes }: { factor: SecondFactor; onCodes: (codes: string[]) => void }) {
  const [enrolling, setEnrolling] = useState(false);
  const cache = trpc.useUtils();
  const done = async (codes: string[]) => {
    setEnrolling(false);
    onCodes(codes);
    toast.done({ title: "Your second factor is on", detail: "Your other sessions have ended." });
    await Promise.all([cache.secondFactor.get.invalidate(), cache.sessions.list.invalidate()]);
  };
  return (
    <Card className="mt-6 max-md:rounded-none max-md:border-x-0">
      <CardHeader title="Authenticator app" />
      <CardBody>
        {factor.totpSince ? (
          <InUse since={factor.totpSince} required={factor.required} />
        ) : enrolling ? (
          <div className="max-w-sm">
            <EnrolApp onDone={done} onCancel={() => setEnrolling(false)} />
          </div>
        ) : (
          <>
            <p className="mb-3 max-w-prose text-muted-foreground">
              With it a stolen password opens nothing: signing in takes six digits besides, which an app on
              your phone shows anew every half minute.
            </p>
            <Button onClick={() => setEnrolling(true)}>
              <Smartphone aria-hidden="true" />
              Set up an app
            </Button>
          </>
        )}
      </CardBody>
    </Card>
  );
}

function InUse({ since, required }: { since: string; required: boolean }) {
  const [asking, setAsking] = useState(false);
  const cache = trpc.useUtils();
  const remove = trpc.secondFactor.remove.useMutation({
    onSuccess: async () => {
      toast.done({ title: "Your second factor is off", detail: "Your other sessions have ended." });
      await Promise.all([cache.secondFactor.get.invalidate(), cache.auth.status.invalidate()]);
    },
    onError: tellFailure("The app was not removed"),
    onSettled: () => setAsking(false),
  });
  return (
    <div className="flex items-center gap-4 max-md:flex-col max-md:items-start">
      <p className="flex min-w-0 flex-1 items-center gap-2">
        <ShieldCheck aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
        <span>
          In use, set up <RelativeTime at={since} suffix="ago" />.
        </span>
      </p>
      <ButtonWithReason busy={remove.isPending} onClick={() => setAsking(true)}>
        Remove
      </ButtonWithReason>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Remove the authenticator app?"
        does="Remove the app"
        busy={remove.isPending}
        onConfirm={() => {
          setAsking(false);
          remove.mutate({});
        }}
      >
        <p>
          From then on your password alone signs you in
          {required ? ", and as your role must have a second factor, you have to set one up at once" : ""}. To
          change phones, remove it and set it up again. Your other sessions end.
        </p>
      </ConfirmDialog>
    </div>
  );
}
