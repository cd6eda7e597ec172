import type { AlertStep, TellingStage } from "@/contracts/watch/alert";
import type { Labels } from "@/contracts/watch/matcher";
import type { Inhibition } from "@/contracts/watch/policy";
import type { Severity } from "@/contracts/watch/rule";
import type { TimeWindow } from "@/contracts/watch/time-window";
import type { SilenceHours } from "../silenced-by";
import type { About, Watched } from "./speaks-for";

/**
 * What a stage says of an alert: it goes on, is held (until when, if time alone ends that), or is not told here.
 * `again`: when to look at it again, which is `until` unless that can't be told beforehand.
 */
export type Verdict = {
  stage: TellingStage;
  outcome: AlertStep["outcome"];
  reason: string;
  until: Date | null;
  again: Date | null;
};

export const passed = (stage: TellingStage, reason: string): Verdict => ({
  stage,
  outcome: "passed",
  reason,
  until: null,
  again: null,
});
export const held = (
  stage: TellingStage,
  reason: string,
  until: Date | null,
  again: Date | null = until,
): Verdict => ({
  stage,
  outcome: "held",
  reason,
  until,
  again,
});
export const dropped = (stage: TellingStage, reason: string): Verdict => ({
  stage,
  outcome: "dropped",
  reason,
  until: null,
  again: null,
});

/** An alert as the stages look at it. */
export type TellableAlert = About & {
  id: string;
  severity: Severity;
  subjectName: string;
  ruleName: string;
  firing: boolean;
  /** It fires, but the trouble is gone for the moment: it resolves soon, unless it comes back. */
  recovering: boolean;
  /** When the trouble began, epoch ms. */
  sinceMs: number;
  /** Epoch ms; null while it fires. */
  resolvedAtMs: number | null;
  acknowledged: boolean;
  snoozedUntil: Date | null;
  snoozedBy: string | null;
  /** Quiet hours of its rule. */
  quiet: readonly TimeWindow[];
};

/** A channel that is there and switched on. */
export type OpenChannel = { id: string; name: string; perMinute: number | null };

export type NamedSilence = SilenceHours & {
  id: string;
  kind: "silence" | "maintenance";
  reason: string;
  by: string;
};

/** An inhibition with those that fire, recover or ended just now, and fit its source. */
export type ActiveInhibition = { inhibition: Inhibition; sources: readonly Source[] };
export type Source = {
  id: string;
  labels: Labels;
  title: string;
  /** Whom its rule watches; asked of a source that is about many agents. */
  watched: Watched | null;
  /**
   * When it was over or began to recover, epoch ms; null while it fires in earnest. One about many agents mutes a
   * little longer: they come back one after the other.
   */
  endedAtMs: number | null;
  /** Of one about many that ended: when the last of those that fell before it was back, epoch ms; null: none of late. */
  lastBackAtMs: number | null;
};

/** Everything outside of a group that decides about it. */
export type World = {
  /** By id, in the order in which they were made. */
  channels: ReadonlyMap<string, OpenChannel>;
  silences: readonly NamedSilence[];
  inhibitions: readonly ActiveInhibition[];
};
