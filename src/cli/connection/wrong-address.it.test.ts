import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApiServer } from "@/testing/api-server";
import { buildMc, type McCommand } from "@/testing/mc-command";

let server: ApiServer;
let mc: McCommand;
const others: Server[] = [];
beforeAll(async () => {
  server = await startApiServer();
  mc = await buildMc({ MC_API_TOKEN: (await server.person("viewer")).token });
});
afterAll(async () => {
  await mc.close();
  await server.stop();
  for (const other of others) other.close();
});

async function listening(other: Server): Promise<string> {
  others.push(other);
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
}

/** Commands that reach a server each in a way of its own; none may show what a library says of sockets. */
async function said(url: string): Promise<string[]> {
  const runs = await Promise.all([
    mc.run(["agents", "list", "--url", url]),
    mc.run(["doctor", "--url", url]),
    mc.run(["login", "--email", "a@example.com", "--url", url], { MC_PASSWORD: "x", MC_API_TOKEN: "" }),
    mc.run(["login", "--url", url], { MC_API_TOKEN: "" }),
  ]);
  return runs.map(({ code, out, err }) => {
    expect([1, 2]).toContain(code);
    return out + err;
  });
}

/** Each asks several servers by four commands, which take seconds to start on a busy machine. */
const timeout = 120_000;

test("https where plain http is spoken", { timeout }, async () => {
  for (const words of await said(server.url.replace("http:", "https:"))) {
    expect(words).toContain("is it http:// instead of https://?");
    expect(words).not.toMatch(/routines|ssl3|OpenSSL/);
  }
});

test("a path behind the address, another web server, a gateway without a server", { timeout }, async () => {
  for (const words of await said(`${server.url}/v1`)) {
    expect(words).toContain(`${server.url}/v1 answers 404, but not as Mission Control does; is --url right?`);
    expect(words).toContain(`It may be ${server.url} alone.`);
  }
  const page = await listening(createHttpServer((_, response) => response.end("<h1>Hello</h1>")));
  for (const words of await said(page)) {
    expect(words).toContain(`${page} answers 200, but not as Mission Control does; is --url right?`);
  }
  const json = await listening(
    createHttpServer((_, response) => {
      response.setHeader("Content-Type", "application/json").end("{}");
    }),
  );
  for (const words of await said(json)) expect(words).toContain("not as Mission Control does");
  const gateway = await listening(createHttpServer((_, response) => response.writeHead(502).end("Bad")));
  for (const words of await said(gateway))
    expect(words).toContain("a gateway there does not reach the server");
});

test("an address with a password in it is refused, and the password is not shown", { timeout }, async () => {
  const wrong = {
    "http://me:hidden@127.0.0.1:1/": "give http://127.0.0.1:1,",
    "me:hidden@x": "x is no address",
  };
  for (const [url, told] of Object.entries(wrong)) {
    for (const words of await said(url)) {
      expect(words).toContain(told);
      expect(words).not.toContain("hidden");
    }
  }
});

test("who closes, speaks something else, leads elsewhere, or is not there", { timeout }, async () => {
  // As a server does that waits for TLS.
  const closing = await listening(createServer((socket) => socket.once("data", () => socket.destroy())));
  for (const words of await said(closing)) expect(words).toContain("is it https:// instead of http://?");
  // Closed before the request leaves, Node tells nothing and would end as if all were well; a little later, of a reset.
  const hasty = await listening(createServer((socket) => socket.destroy()));
  expect(await mc.run(["doctor", "--url", hasty])).toMatchObject({
    code: 1,
    out: expect.stringMatching(/does not answer; is the server|ends the connection without an answer/),
  });
  const shell = await listening(createServer((socket) => socket.end("SSH-2.0-x\r\n")));
  for (const words of await said(shell)) expect(words).toContain("answers, but not by HTTP");
  const reached: (string | undefined)[] = [];
  const elsewhere = await listening(
    createHttpServer(({ url }, response) => {
      reached.push(url);
      response.writeHead(404).end();
    }),
  );
  const forwarding = await listening(
    createHttpServer(({ url }, response) => {
      response.writeHead(308, { Location: elsewhere + url }).end();
    }),
  );
  for (const words of await said(forwarding)) expect(words).toContain(`leads on to ${elsewhere}; give that`);
  expect(reached, "no credential goes to another origin").toEqual([]);
  for (const words of await said("http://nobody.invalid")) {
    expect(words).toContain("The name nobody.invalid has no address");
  }
  for (const words of await said("http://127.0.0.1:1"))
    expect(words).toContain("does not answer; is the server");
});
