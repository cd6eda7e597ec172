/** Runs a job every so often, like cron: writes records, packs them, and names the digest of each part. */
import { createHash, randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { about, count, folder, info, options, pick, progress, restFor, state, task, warn } from "./say.mjs";

const { name, every, parts, verb } = options({
  name: "nightly-export",
  every: "35",
  parts: "12",
  verb: "Exporting",
});
const pack = promisify(gzip);
const countries = ["AT", "BE", "DE", "ES", "FR", "IT", "NL", "PL", "SE"];
const target = folder(name);

function records(amount) {
  const rows = [];
  for (let i = 0; i < amount; i++) {
    rows.push(
      `${randomUUID()},${pick(countries)},${(Math.random() * 900).toFixed(2)},${new Date().toISOString()}`,
    );
  }
  return rows.join("\n");
}

for (let run = 1; ; run++) {
  state("working");
  info(`Run ${run} begins: ${parts} parts.`);
  let total = 0;
  for (let part = 1; part <= Number(parts); part++) {
    task(`${verb} part ${part} of ${parts}`);
    const rows = 2_000 + Math.floor(Math.random() * 3_000);
    const packed = await pack(records(rows));
    writeFileSync(join(target, `part-${String(part).padStart(2, "0")}.csv.gz`), packed);
    total += rows;
    const digest = createHash("sha256").update(packed).digest("hex").slice(0, 12);
    info(`Part ${part}: ${count(rows)} rows, ${count(packed.length)} bytes, ${digest}`);
    progress();
    await about(1_200);
  }
  if (run % 3 === 0) warn(`Run ${run}: 2 customers without a country were exported as "unknown".`);
  info(`Run ${run} done: ${count(total)} rows in ${parts} parts.`);
  if (run % 5 === 0) rmSync(target, { recursive: true, force: true });
  folder(name);
  await restFor(Number(every));
}
