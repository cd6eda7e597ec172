import { randomInt } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const words = [
  "Harbour",
  "Lantern",
  "Meadow",
  "Pepper",
  "Walnut",
  "Violet",
  "Copper",
  "Thunder",
  "Saffron",
  "Juniper",
  "Marble",
  "Falcon",
];
const word = () => words[randomInt(words.length)];
const password = () => `${word()}-${word()}-${randomInt(1_000, 10_000)}`;

export const people = [
  { key: "owner", email: "demo@mission.local", name: "Demo", role: "admin" },
  { key: "jonas", email: "jonas@mission.local", name: "Jonas", role: "admin" },
  { key: "vera", email: "vera@mission.local", name: "Vera", role: "viewer" },
];

/** The demo's passwords: made once in its data folder, readable by nobody else, and printed at each start. */
export function passwordsIn(folder) {
  const path = join(folder, "demo-logins.json");
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    const made = Object.fromEntries(people.map(({ key }) => [key, password()]));
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, JSON.stringify(made, null, 2), { mode: 0o600 });
    return made;
  }
}
