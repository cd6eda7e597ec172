import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/**
 * Either an API token (`tokenId`: one that `mc login` made, which `mc logout` can therefore revoke), or what the device
 * flow gave: an access token of minutes and the refresh token that gets the next one.
 */
const profileSchema = z.object({
  url: z.string(),
  token: z.string().optional(),
  tokenId: z.string().optional(),
  access: z.object({ token: z.string(), expiresAtMs: z.number(), refreshToken: z.string() }).optional(),
});
export type Profile = z.infer<typeof profileSchema>;

/** What `mc login` wrote, readable by its owner only. */
export function profileFile(): string {
  const config = process.env.XDG_CONFIG_HOME || join(homedir(), ".config");
  return join(config, "mission-control", "profile.json");
}

/** Null when there is none, or when it can't be read as one: then `mc login` writes it anew. */
export function readProfile(): Profile | null {
  try {
    return profileSchema.parse(JSON.parse(readFileSync(profileFile(), "utf8")));
  } catch {
    return null;
  }
}

export function writeProfile(profile: Profile): void {
  const file = profileFile();
  mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
  // A file of its own, moved into place: an existing one would keep its rights, and nobody reads half of one.
  const fresh = `${file}.${randomUUID()}`;
  writeFileSync(fresh, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  renameSync(fresh, file);
}

export function removeProfile(): void {
  rmSync(profileFile(), { force: true });
}
