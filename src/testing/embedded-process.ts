import { startEmbedded } from "@/db/embedded";
import { createLog } from "@/platform/log";

/** A process to be killed: starts the database in the folder that it is given, tells where, and stays. */
const dataDir = process.argv[2];
if (!dataDir) throw new Error("The data folder is missing.");
const server = await startEmbedded({ dataDir, log: createLog("silent") });
process.stdout.write(`${server.url}\n`);
setInterval(() => {}, 60_000);
