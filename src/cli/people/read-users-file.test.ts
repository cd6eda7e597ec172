import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readUsersFile } from "./read-users-file";

const folder = mkdtempSync(join(tmpdir(), "mc-import-"));
afterAll(() => rmSync(folder, { recursive: true }));
const passwordHash = "$2b$10$N9qo8uLOickgx2ZMRZoMyeTFXuPw3mjejnQJl9bVXSyWahpFQVLji";
const read = (text: string) => {
  const file = join(folder, "people");
  writeFileSync(file, text);
  return readUsersFile(file);
};

test("CSV with quotes, another order, empty cells, a mark of the byte order and Windows' line ends", () => {
  const rows = [
    "role,email,passwordHash,name,username",
    `viewer,ada@example.com,${passwordHash},"Byron, Ada ""the first""",ada`,
    "",
    `admin, bob@example.com ,${passwordHash},,`,
  ];
  expect(read(`\ufeff${rows.join("\r\n")}\r\n`)).toEqual([
    {
      role: "viewer",
      email: "ada@example.com",
      passwordHash,
      name: 'Byron, Ada "the first"',
      username: "ada",
    },
    { role: "admin", email: "bob@example.com", passwordHash },
  ]);
});

test("a JSON list says the same", () => {
  const people = [{ role: "viewer", email: "ada@example.com", passwordHash }];
  expect(read(JSON.stringify(people))).toEqual(people);
});

test("every fault is told with its row; an empty file and one of another kind too", () => {
  const text = `email,role,passwordHash\nada@example.com,viewer,${passwordHash}\nno address,chief,secret\n`;
  expect(() => read(text)).toThrow(
    /^Row 2: email must be an e-mail address\nRow 2: role .*\nRow 2: passwordHash must be a bcrypt/,
  );
  expect(() => read(text)).toThrow(/Nothing was imported\.$/);
  for (const nothing of ["", "email,role\n", "[]"])
    expect(() => read(nothing)).toThrow(/nobody in this file/);
  expect(() => read("a picture\nof\nsomething")).toThrow(/Row 1: email/);
});
