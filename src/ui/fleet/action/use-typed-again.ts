"use client";

import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import { type Command, type CommandKind, typedWords } from "@/contracts/fleet/command";
import type { GuardedValues } from "./guarded-form";

/** Takes back the typed word whenever somebody else has acted: it was typed for an agent as it was before. */
export function useTypedAgain(
  kind: CommandKind,
  { setValue }: UseFormReturn<GuardedValues>,
  unconfirmed: readonly Command[],
): void {
  const ids = unconfirmed.map(({ id }) => id).join(" ");
  useEffect(() => {
    if (ids !== "" && typedWords[kind]) setValue("typed", "");
  }, [ids, kind, setValue]);
}
