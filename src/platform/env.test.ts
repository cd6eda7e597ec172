import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { EnvError, loadSecret, readEnv } from "./env";
import { settings } from "./env-settings";

const secret = createHash("sha256").update("a test").digest("hex");

function faultsOf(source: Record<string, string>): string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.faults;
    throw error;
  }
  return [];
}

describe("readEnv", () => {
  it("needs nothing on a fresh machine", () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      url: "http://127.0.0.1:3000",
      env: "development",
    });
    expect(env.databaseUrl).toBeUndefined();
    expect(env.outboundAllow).toEqual([]);
  });

  it("takes an empty value as not set", () => {
    expect(readEnv({ PORT: "", REDIS_URL: " " })).toMatchObject({ port: 3000, redisUrl: undefined });
  });

  it("reads lists, maps and secrets", () => {
    const env = readEnv({
      MC_OUTBOUND_ALLOW: "10.2.0.0/16, hooks.internal",
      MC_OIDC_GROUP_MAP: "ops=operator,admins=admin",
      MC_SECRET: "ab".repeat(32),
      MC_URL: "https://control.example.com/",
      MC_BEAT_MS: "250",
    });
    expect(env.outboundAllow).toEqual(["10.2.0.0/16", "hooks.internal"]);
    expect(env.oidcGroupMap).toEqual([
      { group: "ops", role: "operator" },
      { group: "admins", role: "admin" },
    ]);
    expect(env.secret).toHaveLength(32);
    expect(env.url).toBe("https://control.example.com");
    expect(env.beatMs).toBe(250);
  });

  it("tells all faults at once, each with the setting's name", () => {
    const faults = faultsOf({
      PORT: "many",
      DATABASE_URL: "mysql://x",
      MC_ENV: "staging",
      MC_SECRET: "short",
    });
    expect(faults).toHaveLength(4);
    for (const name of ["PORT", "DATABASE_URL", "MC_ENV", "MC_SECRET"]) {
      expect(faults.some((fault) => fault.startsWith(name))).toBe(true);
    }
  });

  it("wants settings that go together, together", () => {
    expect(faultsOf({ MC_OWNER_EMAIL: "a@example.com" })[0]).toContain("MC_OWNER_PASSWORD");
    expect(faultsOf({ MC_HTTP_REDIRECT_PORT: "80" })[0]).toContain("MC_TLS_CERT");
    expect(faultsOf({ SMTP_URL: "smtp://127.0.0.1:25" })[0]).toContain("MC_MAIL_FROM");
  });

  it("refuses unsafe settings in production only", () => {
    const unsafe = { MC_URL: "http://control.example.com" };
    expect(faultsOf(unsafe)).toEqual([]);
    expect(faultsOf({ ...unsafe, MC_ENV: "production" })).toHaveLength(2);
    expect(
      faultsOf({ MC_ENV: "production", MC_SECRET: secret, MC_URL: "https://control.example.com" }),
    ).toEqual([]);
    expect(faultsOf({ MC_ENV: "production", MC_SECRET: secret, HOST: "0.0.0.0" })[0]).toContain("HOST");
  });

  it("is described, in the code and in .env.example", () => {
    const example = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
    for (const [name, schema] of Object.entries(settings.shape)) {
      expect(schema.description, name).toBeTruthy();
      expect(example).toMatch(new RegExp(`^${name}=`, "m"));
    }
  });
});

describe("loadSecret", () => {
  let dataDir = "";
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it("makes a secret once, readable by its owner only", () => {
    dataDir = mkdtempSync(join(tmpdir(), "mc-secret-"));
    const first = loadSecret({ dataDir, secret: undefined });
    expect(first).toHaveLength(32);
    expect(loadSecret({ dataDir, secret: undefined })).toEqual(first);
    expect(statSync(join(dataDir, "secret")).mode & 0o777).toBe(0o600);
  });

  it("refuses a damaged file rather than replacing it", () => {
    dataDir = mkdtempSync(join(tmpdir(), "mc-secret-"));
    writeFileSync(join(dataDir, "secret"), "half");
    expect(() => loadSecret({ dataDir, secret: undefined })).toThrow(/backup/);
  });
});
