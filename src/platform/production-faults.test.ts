import { createHash } from "node:crypto";
import { describe, expect, it, test } from "vitest";
import { EnvError, envWarnings, readEnv } from "./env";

const random = (seed: string) => createHash("sha256").update(seed).digest("hex");
const sound = {
  MC_ENV: "production",
  MC_URL: "https://control.example.com",
  MC_SECRET: random("secret"),
  DATABASE_URL: "postgres://mc:x@127.0.0.1:5432/mc",
};

function faultsOf(over: Record<string, string>): string[] {
  try {
    readEnv({ ...sound, ...over });
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.faults;
    throw error;
  }
}

describe("KO-7: production refuses at boot", () => {
  it.each([
    ["no secret", { MC_SECRET: "" }, "openssl rand -hex 32"],
    ["a secret of an example", { MC_SECRET: "ab".repeat(32) }, "openssl rand -hex 32"],
    ["a short break-glass token", { MC_API_TOKEN: "short" }, "at least 32 characters"],
    ["a break-glass token that repeats itself", { MC_API_TOKEN: "token".repeat(8) }, "leave it empty"],
    ["an owner's password of an example", owner("Change-me-please-1"), "setup code"],
    ["an owner's password that says so", owner("My-Password-of-2026"), "setup code"],
    ["a public address without TLS", { MC_URL: "http://control.example.com" }, "Use https"],
    ["listening to all without TLS", { MC_URL: "", HOST: "0.0.0.0" }, "Set MC_TLS_CERT"],
    [
      "a database elsewhere in the clear",
      { DATABASE_URL: "postgres://mc:x@db.internal/mc?sslmode=prefer" },
      "Add ?sslmode=verify-full",
    ],
    ["a Redis elsewhere in the clear", { REDIS_URL: "redis://cache.internal:6379" }, "Use rediss:"],
    ["an identity provider without TLS", oidc("http://login.example.com"), "must be https"],
    ["to trust everybody's X-Forwarded-For", { MC_TRUSTED_PROXIES: "0.0.0.0/0" }, "Name the proxies"],
    ["to trust everybody over IPv6", { MC_TRUSTED_PROXIES: "::/0" }, "Name the proxies"],
    ["the development server", { NODE_ENV: "development" }, "npm start"],
    ["certificates that are not checked", { NODE_TLS_REJECT_UNAUTHORIZED: "0" }, "NODE_EXTRA_CA_CERTS"],
    ["a debugger", { NODE_OPTIONS: "--inspect=127.0.0.1:9229" }, "Remove --inspect"],
  ])("%s", (_what, over, whatToDo) => {
    const faults = faultsOf(over);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(whatToDo);
  });

  it("prints all of it at once, malformed settings too, and none twice", () => {
    const faults = faultsOf({
      MC_SECRET: "short",
      MC_URL: "http://control.example.com",
      MC_TRUSTED_PROXIES: "proxy.internal",
      NODE_ENV: "development",
      MC_OWNER_EMAIL: "ada@example.com",
    });
    const names = ["MC_SECRET", "MC_TRUSTED_PROXIES", "MC_OWNER_EMAIL", "MC_URL", "NODE_ENV"];
    expect(faults).toHaveLength(names.length);
    for (const [index, name] of names.entries()) expect(faults[index]).toContain(name);
    expect(new EnvError(faults).message.split("\n")).toHaveLength(names.length + 1);
  });

  it("lets through what is sound, a loopback address that nobody else reaches, and all of it in development", () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ MC_URL: "http://127.0.0.1:3000", MC_TRUSTED_PROXIES: "10.0.0.0/8,::1" })).toEqual([]);
    const elsewhere = { DATABASE_URL: "postgres://mc:x@db.internal/mc", REDIS_URL: "redis://cache.internal" };
    expect(faultsOf(elsewhere)).toHaveLength(2);
    expect(faultsOf({ ...elsewhere, MC_UNENCRYPTED_ALLOW: "db.internal, cache.internal" })).toEqual([]);
    const encrypted = { DATABASE_URL: "postgres://mc:x@db.internal/mc?sslmode=verify-full" };
    expect(faultsOf({ ...encrypted, REDIS_URL: "rediss://cache.internal" })).toEqual([]);
    expect(faultsOf({ DATABASE_URL: "postgres:///mc?host=/run/postgresql" })).toEqual([]);
    expect(faultsOf({ MC_API_TOKEN: random("token"), NODE_ENV: "production" })).toEqual([]);
    expect(
      faultsOf({ MC_ENV: "development", MC_SECRET: "", MC_URL: "http://10.0.0.1", NODE_ENV: "development" }),
    ).toEqual([]);
  });
});

test("an embedded database in production is said, not refused", () => {
  expect(envWarnings(readEnv(sound))).toEqual([]);
  expect(envWarnings(readEnv({ ...sound, DATABASE_URL: "" }))[0]).toContain("DATABASE_URL");
  expect(envWarnings(readEnv({}))).toEqual([]);
});

function owner(password: string) {
  return { MC_OWNER_EMAIL: "ada@example.com", MC_OWNER_PASSWORD: password };
}

function oidc(issuer: string) {
  return { MC_OIDC_ISSUER: issuer, MC_OIDC_CLIENT_ID: "mc", MC_OIDC_CLIENT_SECRET: "x" };
}
