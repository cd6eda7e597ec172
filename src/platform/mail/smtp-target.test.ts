import { expect, test } from "vitest";
import { smtpTarget } from "./smtp-target";

test("smtps is TLS from the first byte, smtp is STARTTLS", () => {
  expect(smtpTarget("smtps://mail.example.com")).toEqual({
    host: "mail.example.com",
    port: 465,
    secure: true,
    requireTLS: false,
  });
  expect(smtpTarget("smtp://mail.example.com")).toMatchObject({
    port: 587,
    secure: false,
    requireTLS: true,
  });
  expect(smtpTarget("smtp://127.0.0.1").requireTLS).toBe(false);
  expect(smtpTarget("smtp://relay.internal", ["relay.internal"]).requireTLS).toBe(false);
  expect(smtpTarget("smtp://ops:secret@relay.internal", ["relay.internal"]).requireTLS).toBe(true);
  expect(smtpTarget("smtp://[::1]:2525")).toMatchObject({ host: "::1", port: 2525 });
});

test("a password goes nowhere in the clear, but to this machine", () => {
  expect(smtpTarget("smtp://ops%40example.com:p%3Aw@mail.example.com:25")).toEqual({
    host: "mail.example.com",
    port: 25,
    secure: false,
    requireTLS: true,
    auth: { user: "ops@example.com", pass: "p:w" },
  });
  expect(smtpTarget("smtp://ops:secret@127.0.0.1:25").requireTLS).toBe(false);
});
