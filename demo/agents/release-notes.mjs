/** Drafts texts and puts them where doc-indexer watches. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { about, folder, info, pick, progress, restFor, state, task } from "./say.mjs";

const docs = folder("docs");
const verbs = ["Adds", "Fixes", "Speeds up", "Removes", "Explains", "Tightens", "Reworks"];
const things = [
  "the sign-in page",
  "slow exports",
  "invoice import",
  "stock levels",
  "search",
  "the audit view",
  "time zones",
  "refunds over € 500",
];

for (let release = 1; ; release++) {
  const commits = 12 + Math.floor(Math.random() * 46);
  state("working");
  const lines = [`# Release ${release}`];
  for (let commit = 1; commit <= commits; commit += 4) {
    task(`Drafting release ${release} from ${commits} commits, ${commit} read`);
    lines.push(`- ${pick(verbs)} ${pick(things)}`);
    progress();
    await about(900);
  }
  writeFileSync(join(docs, `release-${String(release).padStart(4, "0")}.md`), lines.join("\n"));
  info(`Release ${release}: ${lines.length - 1} notes from ${commits} commits`);
  for (const old of readdirSync(docs).sort().slice(0, -40)) rmSync(join(docs, old));
  await restFor(20, "Next draft at");
}
