import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "./env-shape";

function readSecretFile(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, "hex");
  throw new Error(
    `${file} does not hold a secret of 64 hex digits. Restore it from a backup, or set MC_SECRET.`,
  );
}

/**
 * The 32 bytes that seal stored credentials: MC_SECRET, else the file `secret` of the data folder, made at the first
 * start and readable by its owner only. Two processes that start together get the same one: the file appears whole
 * under its name, or not at all.
 */
export function loadSecret(env: Pick<Env, "secret" | "dataDir">): Buffer {
  if (env.secret) return env.secret;
  const file = join(env.dataDir, "secret");
  const known = readSecretFile(file);
  if (known) return known;
  mkdirSync(env.dataDir, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    unlinkSync(draft);
  }
  const made = readSecretFile(file);
  if (!made) throw new Error(`${file} could not be made. Check the folder, or set MC_SECRET.`);
  return made;
}

/**
 * Secrets that only open what they sealed, during a rotation: MC_SECRET_PREVIOUS, and the file `secret.previous` of
 * the data folder.
 */
export function loadPreviousSecrets(env: Pick<Env, "secretPrevious" | "dataDir">): Buffer[] {
  const kept = readSecretFile(join(env.dataDir, "secret.previous"));
  return [...env.secretPrevious, ...(kept ? [kept] : [])];
}
