import { expect, test } from "vitest";
import { ceremonyFailure } from "./ceremony-failure";

const named = (name: string, cause?: Error) => Object.assign(new Error("?", { cause }), { name });

test("what the browser refused is told in words", () => {
  expect(ceremonyFailure(named("NotAllowedError"))).toMatch(/closed/);
  expect(ceremonyFailure(named("WebAuthnError", named("InvalidStateError")))).toMatch(/already/);
});

test("what the server refused is left to the server's own words", () => {
  expect(ceremonyFailure(named("TRPCClientError"))).toBeNull();
  expect(ceremonyFailure("gone")).toBeNull();
});
