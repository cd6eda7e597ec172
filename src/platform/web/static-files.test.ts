import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createStaticFiles } from "./static-files";

const script = "console.log('a script of the build')";
const folder = mkdtempSync(join(tmpdir(), "mc-static-"));
writeFileSync(join(folder, "a.js"), script);
writeFileSync(join(folder, "a.js.gz"), gzipSync(script));
const sendStatic = createStaticFiles(folder);
const server = createServer((asked, answer) => {
  if (!sendStatic(asked, answer)) answer.writeHead(418).end(asked.url);
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** As sent, without `fetch`, which would resolve dots and decompress. */
function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, path, headers, method }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      });
      asked.on("error", reject).end();
    },
  );
}

it("sends what was compressed beforehand to whom takes it, to be kept for ever", async () => {
  const packed = await get("/_next/static/a.js", { "accept-encoding": "gzip, br" });
  expect(packed.headers).toMatchObject({
    "content-encoding": "gzip",
    "cache-control": "public,max-age=31536000,immutable",
    vary: "Accept-Encoding",
  });
  expect(gunzipSync(packed.body).toString()).toBe(script);
  const plain = await get("/_next/static/a.js");
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.body.toString()).toBe(script);
});

it("leaves everything else alone, with its address as it came", async () => {
  for (const path of ["/", "/_next/static/none.js", "/_next/static/../../package.json", "/_next/image?x=1"]) {
    const answer = await get(path);
    expect([answer.status, answer.body.toString()]).toEqual([418, path]);
  }
  expect((await get("/_next/static/a.js", {}, "POST")).status).toBe(418);
});
