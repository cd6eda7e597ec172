import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { parse, stringify } from "yaml";
import { exitCodes } from "@/contracts/trust/rescue";
import { type AlertPolicy, alertPolicySchema } from "@/contracts/watch/policy";
import { Failure } from "../../connection/fail";
import { readGivenFile } from "../../connection/given-file";
import { printJson, printLine } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";

/** `mc routes edit`: the whole document, in the editor or from a file. */
export function registerEdit(routes: Command): void {
  withServer(routes.command("edit").description("change the routes in $EDITOR, or take them from a file"))
    .option("--file <file>", "YAML or JSON as in the editor; - reads standard input")
    .option("--print", "print the YAML to begin with and change nothing")
    .action(async ({ file, print, ...server }: ServerOptions & { file?: string; print?: boolean }) => {
      const client = connect(server);
      const { version, policy } = await client.alertPolicy.get.query({});
      if (print) return void process.stdout.write(stringify(policy));
      const text = file === undefined ? editedBySomebody(stringify(policy)) : readGivenFile(file);
      const stored = await client.alertPolicy.change.mutate({ version, policy: policyOfText(text) });
      if (server.json) return printJson(stored);
      printLine(stored.version === version ? "Nothing has changed." : `Changed: version ${stored.version}.`);
    });
}

function policyOfText(text: string): AlertPolicy {
  let given: unknown;
  try {
    given = parse(text);
  } catch (error) {
    throw new Failure(`This is no YAML: ${error instanceof Error ? error.message : error}`, exitCodes.usage);
  }
  const policy = alertPolicySchema.safeParse(given);
  if (policy.success) return policy.data;
  const faults = policy.error.issues.map(
    ({ path, message }) => `${path.join(".") || "the document"} ${message}`,
  );
  throw new Failure(`These are no routes:\n  ${faults.join("\n  ")}`, exitCodes.usage);
}

function editedBySomebody(text: string): string {
  const editor = process.env.VISUAL || process.env.EDITOR;
  if (!editor || !process.stdin.isTTY) {
    throw new Failure(
      "Set EDITOR to edit here, or give --file. --print gives what to begin with.",
      exitCodes.usage,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "mc-routes-"));
  const path = join(folder, "routes.yaml");
  try {
    writeFileSync(path, text, { mode: 0o600 });
    const { status, error } = spawnSync(editor, [path], { stdio: "inherit", shell: true });
    if (error || status !== 0) throw new Failure("The editor failed. Nothing was changed.");
    return readFileSync(path, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
