import { expect, test } from "vitest";
import { letter } from "./mail";

test("what somebody typed stays one line of text", () => {
  const made = letter({
    to: "ada@example.com",
    subject: "Eve\r\nBcc: all@example.com invites you",
    paragraphs: ["<img src=x onerror=alert(1)> & \u202eevil\n\nContent-Type: text/html"],
    link: { words: "Open", url: "https://control.example.com/invite#mci_a" },
    foot: "Sent by Mission Control.",
  });
  expect(made.subject).toBe("Eve Bcc: all@example.com invites you");
  expect(made.html).not.toContain("<img");
  expect(made.html).toContain("&#60;img src=x onerror=alert(1)&#62; &#38; evil Content-Type: text/html");
  expect(made.text).toContain("Open:\nhttps://control.example.com/invite#mci_a");
});
