import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { version } from "../../package.json";
import { bundleCli } from "../../scripts/bundle.mjs";

let server: ApiServer;
let admin: string;
const home = mkdtempSync(join(tmpdir(), "mc-cli-"));
beforeAll(async () => {
  await bundleCli();
  server = await startApiServer();
  admin = (await server.person("admin")).token;
});
afterAll(async () => {
  rmSync(home, { recursive: true });
  await server.stop();
});

/** Runs the real command; `env` on top of an environment without any credential. */
function mc(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ["dist/mc.mjs", ...args],
      {
        env: {
          PATH: process.env.PATH,
          NODE_ENV: "test",
          XDG_CONFIG_HOME: home,
          MC_URL: server.url,
          MC_DATA_DIR: home,
          DATABASE_URL: server.ground.db.url,
          ...env,
        },
      },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

test("login keeps a profile that the other commands use", async () => {
  expect(await mc(["agents", "list"])).toMatchObject({ code: 3, err: expect.stringContaining("mc login") });
  const login = await mc(["login", "--token", admin]);
  expect(login, login.err).toMatchObject({ code: 0 });
  expect(statSync(join(home, "mission-control", "profile.json")).mode & 0o777).toBe(0o600);

  const added = await mc(["agents", "add", "by-mc", "--tags", "one,two", "--json"]);
  expect(JSON.parse(added.out)).toMatchObject({
    name: "by-mc",
    tags: ["one", "two"],
    key: expect.stringMatching(/^mca_/),
  });
  expect((await mc(["agents", "list"])).out).toContain("by-mc");
  expect(JSON.parse((await mc(["agents", "show", "BY-MC", "--json"])).out)).toMatchObject({ name: "by-mc" });
});

test("exit codes tell scripts what went wrong", async () => {
  const env = { MC_API_TOKEN: admin };
  expect((await mc(["--help"])).code).toBe(0);
  expect(await mc(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  expect((await mc(["nonsense"], env)).code).toBe(2);
  expect((await mc(["agent", "restart", "by-mc"], env)).code).toBe(2);
  expect((await mc(["agents", "show", "nobody"], env)).code).toBe(4);
  expect((await mc(["agents", "list", "--url", "http://127.0.0.1:1"], env)).code).toBe(1);
  expect((await mc(["agents", "list"], { MC_API_TOKEN: "mct_wrong" })).code).toBe(3);
});

test("a guarded action, without waiting for its end", async () => {
  const restart = ["agent", "restart", "by-mc", "--reason", "from a script", "--no-wait", "--json"];
  expect(JSON.parse((await mc(restart)).out)).toMatchObject([{ state: "queued", reason: "from a script" }]);
  const again = await mc(restart);
  expect(again.code).toBe(1);
  expect(again.err).toContain("by-mc");
});

test("a kill asks for its word on a terminal, and a script says --yes", async () => {
  const kill = ["agent", "kill", "by-mc", "--reason", "does harm", "--no-wait", "--json"];
  expect(await mc(kill)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("--yes") });
  expect(await mc([...kill, "--yes"])).toMatchObject({ code: 1, err: expect.stringContaining("restart") });
});

test("the rescue path works on the database alone", async () => {
  const made = await mc([
    "users",
    "create",
    "rescued@example.com",
    "--role",
    "admin",
    "--make-password",
    "--json",
  ]);
  expect(made, made.err).toMatchObject({ code: 0 });
  const { password } = JSON.parse(made.out);
  const login = (typed: string) =>
    server.request("POST", "/v1/auth/login", {
      body: { identifier: "rescued@example.com", password: typed },
    });
  expect((await login(password)).status).toBe(200);
  const reset = await mc(["users", "reset-password", "rescued@example.com", "--json"]);
  expect((await login(JSON.parse(reset.out).password)).status).toBe(200);
  expect((await login(password)).status).toBe(401);
  expect((await mc(["users", "reset-password", "nobody@example.com"])).code).toBe(4);
  const weak = await mc(["users", "create", "weak@example.com", "--password", "short"]);
  expect(weak).toMatchObject({ code: 2, err: expect.stringContaining("at least 12 characters") });
});

test("audit verify and export read the chain", async () => {
  const verified = await mc(["audit", "verify", "--json"]);
  expect(JSON.parse(verified.out)).toEqual({ ok: true, rows: expect.any(Number) });
  const lines = (await mc(["audit", "export"])).out.trim().split("\n");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ seq: 1, prevHash: "0".repeat(64) });
});
