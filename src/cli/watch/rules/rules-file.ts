import type { Command } from "commander";
import { readGivenFile } from "../../connection/given-file";
import { printJson, printLine } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";

/** `mc rules export` and `import`. */
export function registerRulesFile(rules: Command): void {
  withServer(rules.command("export").description("all rules as YAML, on standard output")).action(
    async (server: ServerOptions) => {
      const yaml = await connect(server).rules.export.query({});
      if (server.json) return printJson({ yaml });
      process.stdout.write(yaml);
    },
  );

  withServer(rules.command("import").argument("<file>", "YAML as of export; - reads standard input"))
    .description("show what a file would change; with --apply, change it")
    .option("--apply", "change it")
    .action(async (file: string, { apply = false, ...server }: ServerOptions & { apply?: boolean }) => {
      const yaml = readGivenFile(file);
      const done = await connect(server).rules.import.mutate({ yaml, apply });
      if (server.json) return printJson(done);
      for (const { act, name, changes, hints } of done.items) {
        if (act === "same") continue;
        printLine(`${act === "create" ? "+" : "~"} ${name}`);
        for (const { field, before, after } of changes)
          printLine(`    ${field}: ${before ?? "–"} → ${after ?? "–"}`);
        for (const hint of hints) printLine(`    Note: ${hint}`);
      }
      const count = `${done.created} to make, ${done.changed} to change, ${done.same} the same`;
      const left = done.untouched.length > 0 ? `, ${done.untouched.length} not in the file and left` : "";
      if (!apply) return printLine(`${count}${left}. Nothing was changed; --apply does it.`);
      printLine(`${done.created} made, ${done.changed} changed, ${done.same} the same${left}.`);
    });
}
