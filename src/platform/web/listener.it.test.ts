import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Server as HttpServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "@/testing/eventually";
import { createLog } from "../log";
import { createListener, followCertificate, listen } from "./listener";
import { createRedirectToHttps } from "./redirect-to-https";

const origin = "https://control.example.com";
let folder: string;
let secure: HttpServer;
let plain: HttpServer;
let [securePort, plainPort] = [0, 0];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mc-tls-"));
  const [tlsKey, tlsCert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  makeCertificate("127.0.0.1", tlsKey, tlsCert);
  const listener = createListener({ tlsCert, tlsKey });
  listener.on("request", (_request, response) => response.end("hello"));
  const redirect = createRedirectToHttps(origin);
  securePort = await listen(listener, 0, "127.0.0.1");
  plainPort = await listen(redirect, 0, "127.0.0.1");
  [secure, plain] = [listener, redirect];
});
afterAll(() => {
  secure.close();
  plain.close();
  rmSync(folder, { recursive: true, force: true });
});

function makeCertificate(name: string, tlsKey: string, tlsCert: string): void {
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", tlsKey, "-out", tlsCert], {
    stdio: "ignore",
  });
}

/** What `openssl s_client` prints when it may speak this version only. */
function handshake(version: "-tls1_1" | "-tls1_2" | "-tls1_3"): Promise<string> {
  return new Promise((resolve) => {
    const args = ["s_client", "-connect", `127.0.0.1:${securePort}`, version, "-brief"];
    const child = execFile("openssl", args, (_error, out, err) => resolve(out + err));
    child.stdin?.end();
  });
}

test("a renewed certificate is shown without a restart; one that does not fit its key changes nothing", async () => {
  const subject = async () => /CN\s?=\s?(\S+)/.exec(await handshake("-tls1_3"))?.[1];
  const [tlsKey, tlsCert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const [goodKey, goodCert] = [readFileSync(tlsKey), readFileSync(tlsCert)];
  const forget = followCertificate(secure, { tlsKey, tlsCert }, createLog("silent"), 50);
  try {
    makeCertificate("renewed", tlsKey, tlsCert);
    await eventually(async () => (await subject()) === "renewed");
    writeFileSync(tlsCert, "half a certif");
    expect(await subject()).toBe("renewed");
  } finally {
    writeFileSync(tlsKey, goodKey);
    writeFileSync(tlsCert, goodCert);
    await eventually(async () => (await subject()) === "127.0.0.1");
    forget();
  }
});

test("TLS 1.3 and nothing older", async () => {
  expect(await handshake("-tls1_3")).toMatch(/Protocol version: TLSv1\.3/);
  expect(await handshake("-tls1_2")).toMatch(/alert protocol version|unsupported protocol/i);
  expect(await handshake("-tls1_1")).not.toMatch(/Protocol version: TLS/);
});

function ask(method: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; location: string | undefined; text: string }>((resolve, reject) => {
    request({ host: "127.0.0.1", port: plainPort, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location, text }),
      );
    })
      .on("error", reject)
      .end();
  });
}

test("http leads readers to the same path by https, whatever host they name", async () => {
  for (const method of ["GET", "HEAD"]) {
    const answer = await ask(method, "/agents/agt_1?tab=logs", { Host: "evil.example" });
    expect(answer).toMatchObject({ status: 308, location: `${origin}/agents/agt_1?tab=logs` });
  }
});

test.each([
  "//evil.example/x",
  "/\\evil.example",
  "/%2F%2Fevil.example",
  "http://evil.example/x",
  "/@evil.example",
])("http %s leads nowhere else", async (path) => {
  const { location = "" } = await ask("GET", path);
  expect(new URL(location).origin).toBe(origin);
});

test("http refuses what carries a credential, and says to use https", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    const answer = await ask(method, "/v1/auth/login");
    expect(answer).toMatchObject({ status: 403, location: undefined });
    expect(JSON.parse(answer.text)).toMatchObject({
      error: { code: "forbidden", message: expect.stringContaining(origin) },
    });
  }
});
