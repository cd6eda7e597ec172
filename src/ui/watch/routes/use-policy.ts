"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import {
  type AlertPolicy,
  alertPolicySchema,
  type StoredPolicy,
  storedPolicySchema,
} from "@/contracts/watch/policy";
import { useCalmly } from "../../api/calmly";
import { refusalOf } from "../../api/refusal";
import { trpc } from "../../api/trpc";
import { useNews } from "../../live/hooks";
import { tellFailure } from "../../people/tell";
import { toast } from "../../primitives/toast";
import { type DraftKeeping, useKeptDraft } from "../drafts/use-kept-draft";
import { same } from "../rules/words/differences";

/** The routes that are in force, read again when somebody changes them: a fact says so. */
export function usePolicy() {
  const cache = trpc.useUtils();
  // Facts are heard only while this is shown: what was read before may be old already.
  const policy = trpc.alertPolicy.get.useQuery({}, { staleTime: 0 });
  useNews(
    ["policy"],
    useCalmly(() => void cache.alertPolicy.invalidate()),
  );
  return policy;
}

/** Routes that were changed and not saved, with the version that they were changed from. */
const typedPolicySchema = z.object({ base: storedPolicySchema, policy: alertPolicySchema });
export type TypedPolicy = z.infer<typeof typedPolicySchema>;
const readTypedPolicy = (kept: unknown): TypedPolicy | null => typedPolicySchema.safeParse(kept).data ?? null;

export interface PolicyEditing {
  draft: AlertPolicy;
  base: StoredPolicy;
  dirty: boolean;
  busy: boolean;
  /** Somebody else saved meanwhile, and something is typed here. */
  overtaken: boolean;
  /** What is kept of it where the page is left. */
  keeping: DraftKeeping<TypedPolicy>;
  put: (policy: AlertPolicy) => void;
  discard: () => void;
  /** Goes on with what was typed before, from the version that it was changed from. */
  goOn: (typed: TypedPolicy) => void;
  /** What is typed, on top of the newest version. */
  keep: () => void;
  save: () => void;
}

/** A draft of the one document of routes: changed here, saved as a whole against the version that was read. */
export function usePolicyEditing(newest: StoredPolicy): PolicyEditing {
  const cache = trpc.useUtils();
  const [base, setBase] = useState(newest);
  const [typed, setTyped] = useState<AlertPolicy | null>(null);
  const latest = useRef(typed);
  useEffect(() => {
    latest.current = typed;
  }, [typed]);
  const dirty = useMemo(() => typed !== null && !same(typed, base.policy), [typed, base]);
  const change = trpc.alertPolicy.change.useMutation();
  // Nothing typed: then what is newest simply is what is shown.
  if (!dirty && newest.version > base.version) {
    setBase(newest);
    setTyped(null);
  }
  const draft = dirty && typed ? typed : base.policy;
  const keeping = useKeptDraft("routes", { dirty, typed: { base, policy: draft } }, readTypedPolicy);
  return {
    draft,
    base,
    dirty,
    busy: change.isPending,
    overtaken: dirty && newest.version > base.version,
    keeping,
    put: setTyped,
    discard: () => {
      setBase(newest);
      setTyped(null);
    },
    goOn: (kept) => {
      setBase(kept.base);
      setTyped(kept.policy);
    },
    keep: () => setBase(newest),
    save: () => {
      const sent = typed;
      change.mutate(
        { version: base.version, policy: draft },
        {
          onSuccess: async (saved) => {
            toast.done({ title: "The routes are saved", detail: `version ${saved.version}` });
            cache.alertPolicy.get.setData({}, saved);
            setBase(saved);
            // What was changed since it was sent goes on from what is saved now.
            if (latest.current === null || latest.current === sent) {
              setTyped(null);
              keeping.forget();
            }
            await cache.alertPolicy.invalidate();
          },
          onError: async (error) => {
            // The newest one then comes, and the page shows what differs.
            if (refusalOf(error).code === "conflict") await cache.alertPolicy.get.invalidate();
            tellFailure("The routes were not saved")(error);
          },
        },
      );
    },
  };
}
