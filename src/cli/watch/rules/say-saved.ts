import type { SavedRule } from "@/contracts/watch/rule";
import { printJson, printLine } from "../../connection/print";
import type { ServerOptions } from "../../connection/server";

/** What was saved, and what is odd about it. */
export function say(server: ServerOptions, { name, id, version, hints }: SavedRule, done: string): void {
  if (server.json) {
    printJson({ id, name, version, hints });
    return;
  }
  printLine(`${name}: ${done} (${id}, version ${version})`);
  for (const hint of hints) printLine(`Note: ${hint}`);
}
