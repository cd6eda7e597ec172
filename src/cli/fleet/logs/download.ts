import { type Command, Option } from "commander";
import { type LogLevel, logLevels } from "@/contracts/fleet/log-line";
import { writeGivenFile } from "../../connection/given-file";
import { printJson, printLine } from "../../connection/print";
import { connect, type ServerOptions, withServer } from "../../connection/server";
import { findAgent } from "../find-agent";
import { mostFetched } from "./lines-back";

type Given = ServerOptions & { level?: LogLevel; search?: string; out?: string };

/** `mc logs download <agent>`: the newest lines as one text. */
export function registerDownload(logs: Command): void {
  withServer(logs.command("download").argument("<agent>", "id or name"))
    .description(`the newest ${mostFetched} lines as one text, on standard output or into a file`)
    .addOption(new Option("--level <level>", "this level and worse").choices(logLevels))
    .option("--search <text>", "only lines that hold it")
    .option("--out <file>", "write them there; an existing file is replaced")
    .action(async (name: string, { level, search, out, ...server }: Given) => {
      const client = connect(server);
      const { id } = await findAgent(client, name);
      const found = await client.logs.download.query({ id, level, q: search });
      if (out !== undefined) writeGivenFile(out, found.text);
      if (server.json) return printJson(out === undefined ? found : { file: out, lines: found.lines });
      if (out === undefined) process.stdout.write(found.text);
      else printLine(`${found.lines} lines are in ${out}.`);
    });
}
