"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { toast } from "../../primitives/toast";
import { ConfirmDialog } from "../confirm-dialog";
import { tellFailure } from "../tell";
import { counted } from "./counted";

/** Ends all that is signed in as this person but the browser in front of them. Nothing to end: nothing is offered. */
export function EndOthers({ browsers, programs }: { browsers: number; programs: number }) {
  const [asking, setAsking] = useState(false);
  const cache = trpc.useUtils();
  const end = trpc.sessions.endOthers.useMutation({
    onSuccess: async ({ ended, programs: out }) => {
      toast.done({ title: `Signed out: ${counted(ended, out)}` });
      await Promise.all([cache.sessions.list.invalidate(), cache.programs.list.invalidate()]);
    },
    onError: tellFailure("Nothing was signed out"),
    onSettled: () => setAsking(false),
  });
  if (browsers + programs === 0 && !asking) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <LogOut aria-hidden="true" />
        Sign out everywhere else
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere else?"
        does={`Sign out ${counted(browsers, programs)}`}
        busy={end.isPending}
        onConfirm={() => end.mutate({})}
      >
        <p>
          They are out at once and must sign in again. This browser stays. API tokens go on working: they have
          a page of their own.
        </p>
      </ConfirmDialog>
    </>
  );
}
