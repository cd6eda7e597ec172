import { InvalidArgumentError } from "commander";
import { groupNameSchema, tagSchema } from "@/contracts/fleet/agent";
import type { RestartPolicy } from "./supervisor";
import type { LinkTls } from "./tls-files";

/** What `mc run` was told, after defaults. Durations in milliseconds. */
export type RunOptions = {
  command: readonly string[];
  name: string;
  group?: string | undefined;
  tags: string[];
  url: string;
  key?: string | undefined;
  joinToken?: string | undefined;
  tls: LinkTls;
  policy: RestartPolicy;
  graceMs: number;
  /** How long the end of the program waits for a connection to be told over. */
  tellForMs: number;
  stateFolder: string;
  health?: string | undefined;
  quiet: boolean;
  stay: boolean;
};

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, min: 60_000 };

/** `500ms`, `10s`, `2m`; a bare number is seconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min)?$/.exec(text.trim());
  const ms = Number(match?.[1]) * (units[match?.[2] ?? "s"] ?? Number.NaN);
  if (!match || ms > 600_000)
    throw new InvalidArgumentError("Give a time such as 500ms, 10s or 2m, at most 10m.");
  return ms;
}

/** An option that may be repeated. */
export function collectTag(text: string, before: string[]): string[] {
  const tag = tagSchema.safeParse(text);
  if (!tag.success)
    throw new InvalidArgumentError(`A tag ${tag.error.issues[0]?.message ?? "is not valid"}.`);
  return [...before, tag.data];
}

export function parseGroup(text: string): string {
  const group = groupNameSchema.safeParse(text);
  if (!group.success)
    throw new InvalidArgumentError(`A group ${group.error.issues[0]?.message ?? "is not valid"}.`);
  return group.data;
}

export function parseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError("Give an address such as https://control.example.com.");
  }
  return new URL(text).origin;
}
