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
});

test("what is neither CSV nor a JSON list is told as what it could not be read", () => {
  const isTold = (text: string, words: RegExp) => {
    expect(() => read(text)).toThrow(words);
    expect(() => read(text)).toThrow(/Nothing was imported\.$/);
  };
  isTold("{{{", /people can't be read as a JSON list: /);
  isTold("[{]", /can't be read as a JSON list: /);
  isTold('{ "email": "ada@example.com" }', /can't be read as a JSON list: it is one object/);
  isTold("a picture\nof\nsomething", /can't be read as CSV: its first line must name the columns, email,/);
  expect(() => readUsersFile(join(folder, "none"))).toThrow(/none can't be read: there is no such file/);
});
