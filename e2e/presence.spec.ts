import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Person } from "@/contracts/wire/browser";
import { expect, test } from "./stack";

test.use({ story: "presence" });

/** Every page of the console as an address: a new page is in this story by being there. */
const addresses = readdirSync("src/app/(console)", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)page\.tsx$/.test(file))
  .map((file) => `/${dirname(file)}`.replace("/.", "/"))
  .map((folder) => folder.replace(/\/\([^)]*\)/g, "").replace(/\[\w+\]/g, "of_nothing") || "/")
  .sort();

test("a person is present on every page of the console, also when it is loaded anew", async ({
  stack,
  browser,
}) => {
  test.setTimeout(300_000);
  const mira = await (await browser.newContext()).newPage();
  const jonas = await (await browser.newContext()).newPage();
  let present: Person[] = [];
  jonas.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      const [, text] = /^42\/console,(\["people",.*)$/.exec(String(payload)) ?? [];
      if (text) present = JSON.parse(text)[1];
    }),
  );
  const placeOf = (name: string) => present.find((person) => person.name === name)?.at;
  await stack.signIn(mira, { name: "Mira", role: "admin" });
  await stack.signIn(jonas, { name: "Jonas", role: "admin" });

  expect(addresses).toContain("/settings/channels");
  for (const address of addresses) {
    await mira.goto(`${stack.url}${address}`);
    const place = new URL(mira.url()).pathname;
    await expect.poll(() => placeOf("Mira"), `${address} is announced`).toBe(place);
    await expect(mira.getByLabel(/^Here now: .*Jonas/)).toBeVisible();
  }

  // A page that is opened by a link within the console is told as one that is loaded.
  await mira.goto(`${stack.url}/alerts`);
  await mira.getByRole("link", { name: "Audit", exact: true }).first().click();
  await expect.poll(() => placeOf("Mira")).toBe("/audit");
});
