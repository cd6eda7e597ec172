"use client";

import { trpc } from "../../api/trpc";
import { useOffBecause } from "../../live/hooks";
import { useWhyNot } from "../../people/me";
import { tellFailure } from "../../people/tell";
import { toast } from "../../primitives/toast";
import { ownerOf } from "./owner-of";

/** Why nobody here may act on alerts now; undefined when one may. */
export function useActOffBecause(): string | undefined {
  const notNow = useOffBecause();
  const notMine = useWhyNot("alerts:operate");
  return notMine ?? notNow;
}

/**
 * What a person does to one alert. The page believes the fact that comes back by the live line, not the click; an
 * alert that is over comes by no line, so it is read again.
 */
export function useAct({ id, subject }: { id: string; subject: { name: string } }) {
  const cache = trpc.useUtils();
  const about = `the alert about ${subject.name}`;
  const onSuccess = () => cache.alerts.invalidate();
  const acknowledge = trpc.alerts.acknowledge.useMutation({
    onSuccess,
    onError: async (error) => {
      const owner = ownerOf(error);
      if (owner === null) tellFailure(`You did not get ${about}`)(error);
      else {
        const takeOver = { label: "Take over", onClick: () => acknowledge.mutate({ id, takeOver: true }) };
        toast.failed({ title: `${owner} was faster`, detail: `and has ${about}.`, action: takeOver });
      }
      await onSuccess();
    },
  });
  const unacknowledge = trpc.alerts.unacknowledge.useMutation({
    onSuccess,
    onError: tellFailure(`You still have ${about}`),
  });
  const assign = trpc.alerts.assign.useMutation({
    onSuccess,
    onError: tellFailure(`Nobody was assigned to ${about}`),
  });
  const snooze = trpc.alerts.snooze.useMutation({
    onSuccess: async (alert) => {
      toast.done(
        alert.snoozedUntil
          ? { title: `${subject.name} is snoozed`, detail: "Nobody is told of it until then." }
          : { title: `${subject.name} is no longer snoozed` },
      );
      await onSuccess();
    },
    onError: tellFailure(`The snooze of ${about} was not changed`),
  });
  const comment = trpc.alerts.comment.useMutation({
    onSuccess,
    onError: tellFailure(`Your comment on ${about} was not kept`),
  });
  return {
    acknowledge: (input: { note?: string; takeOver?: boolean } = {}) => acknowledge.mutate({ id, ...input }),
    unacknowledge: () => unacknowledge.mutate({ id }),
    assign: (userId: string | null) => assign.mutate({ id, userId }),
    snooze: (forMs: number | null) => snooze.mutate({ id, forMs }),
    comment,
    busy: { acknowledge: acknowledge.isPending, assign: assign.isPending, snooze: snooze.isPending },
  };
}
