import { describe, expect, it } from "vitest";
import { eventually } from "@/testing/eventually";
import { LineSplitter, plainText } from "./lines";

function splitter() {
  const lines: string[] = [];
  return { lines, splitter: new LineSplitter((line) => lines.push(line)) };
}

describe("LineSplitter", () => {
  it("joins chunks and splits at newlines, also in the middle of a character", () => {
    const { lines, splitter: s } = splitter();
    const bytes = Buffer.from("first\nse😀cond\r\nthird");
    for (const byte of bytes) s.write(Buffer.from([byte]));
    s.end();
    expect(lines).toEqual(["first", "se😀cond", "third"]);
  });

  it("shows a partial line soon, without waiting for its newline", async () => {
    const { lines, splitter: s } = splitter();
    s.write(Buffer.from("Password: "));
    expect(lines).toEqual([]);
    await eventually(() => lines.length === 1);
    s.write(Buffer.from("next\n"));
    expect(lines).toEqual(["Password: ", "next"]);
  });

  it("keeps only the beginning of a line without end", () => {
    const { lines, splitter: s } = splitter();
    for (let i = 0; i < 50; i++) s.write(Buffer.alloc(100_000, "x"));
    s.write(Buffer.from("tail\nafter\n"));
    expect(lines).toHaveLength(2);
    expect(lines[0]?.length).toBeLessThan(200_000);
    expect(lines[1]).toBe("after");
  });

  it("leaves empty lines out", () => {
    const { lines, splitter: s } = splitter();
    s.write(Buffer.from("\n\n  \na\n"));
    expect(lines).toEqual(["a"]);
  });
});

describe("plainText", () => {
  it.each([
    ["\u001b[31mred\u001b[0m", "red"],
    ["\u001b]8;;http://x\u0007link\u001b]8;;\u0007", "link"],
    ["10 %\r50 %\r100 %", "100 %"],
    ["done\r", "done"],
  ])("%j becomes %j", (raw, plain) => expect(plainText(raw)).toBe(plain));
});
