"use client";

import { useState } from "react";
import type { DeviceAsk } from "@/contracts/people/oauth";
import { trpc } from "../../api/trpc";
import { Button } from "../../primitives/button";
import { Skeleton } from "../../primitives/skeleton";
import { AuthFrame } from "../auth-frame";
import { DeviceCodeForm } from "./device-code-form";
import { DeviceDecision } from "./device-decision";

/** Where `mc login` sends people: the code that it shows, what asks, and the answer. `code` may come in the address. */
export function DevicePage({ code }: { code: string }) {
  const status = trpc.auth.status.useQuery({}, { staleTime: 0 });
  const [ask, setAsk] = useState<DeviceAsk | null>(null);
  const [decided, setDecided] = useState<"approved" | "refused" | null>(null);
  const me = status.data?.user;

  if (decided) {
    return (
      <AuthFrame
        title={decided === "approved" ? "The program is in" : "Refused"}
        lead={
          decided === "approved"
            ? "It goes on by itself within a few seconds. You can close this page."
            : "The program gets nothing. If you did not start it, nobody else got in either."
        }
      >
        <Button asChild size="lg" className="h-10 w-full">
          <a href="/">Open the board</a>
        </Button>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="Let a program in"
      lead={
        me ? `You are ${me.email}. The program will act in your name.` : "A program asks to act in your name."
      }
      note="Nobody from Mission Control asks you for a code. Refuse what you did not start yourself."
    >
      {status.isPending ? (
        <Skeleton className="h-9 w-full" />
      ) : !me ? (
        <SignInFirst code={code} />
      ) : ask ? (
        <DeviceDecision ask={ask} onDecided={setDecided} onOther={() => setAsk(null)} />
      ) : (
        <DeviceCodeForm code={code} onFound={setAsk} />
      )}
    </AuthFrame>
  );
}

function SignInFirst({ code }: { code: string }) {
  const back = code ? `/device?code=${encodeURIComponent(code)}` : "/device";
  return (
    <Button asChild variant="primary" size="lg" className="h-10 w-full">
      <a href={`/login?to=${encodeURIComponent(back)}`}>Sign in first</a>
    </Button>
  );
}
