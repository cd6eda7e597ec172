import type { RuleDraft } from "@/contracts/watch/rule";
import type { RuleImport } from "@/contracts/watch/rules-file";
import { canonical } from "../changed-fields";
import type { FileNames } from "./names";
import { toFile } from "./to-file";

type Change = RuleImport["items"][number]["changes"][number];

/**
 * Where two drafts say different things in the words of the file, a condition's fields one by one. What a file can't
 * say (a channel that is deleted) makes no difference.
 */
export function differences(before: RuleDraft, after: RuleDraft, names: FileNames): Change[] {
  const old = flat(toFile(before, names));
  const fresh = flat(toFile(after, names));
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field) => {
    const change = { field, before: old.get(field) ?? null, after: fresh.get(field) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function flat(file: Record<string, unknown>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [field, value] of Object.entries(file)) {
    if (field === "when")
      for (const [name, part] of Object.entries(value as object)) found.set(`when.${name}`, text(part));
    else found.set(field, text(value));
  }
  return found;
}

const text = (value: unknown): string => (typeof value === "string" ? value : canonical(value));
