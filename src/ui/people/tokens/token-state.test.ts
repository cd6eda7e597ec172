import { expect, it } from "vitest";
import { tokenState } from "./token-state";

const nowMs = Date.parse("2026-03-12T14:00:00Z");

it("tells why a token opens nothing any more", () => {
  expect(tokenState({ revokedAt: null, expiresAt: null }, nowMs)).toBe("valid");
  expect(tokenState({ revokedAt: null, expiresAt: "2026-03-12T14:00:01Z", usesLeft: null }, nowMs)).toBe(
    "valid",
  );
  expect(tokenState({ revokedAt: null, expiresAt: "2026-03-12T14:00:00Z" }, nowMs)).toBe("expired");
  expect(tokenState({ revokedAt: "2026-03-01T00:00:00Z", expiresAt: "2026-03-02T00:00:00Z" }, nowMs)).toBe(
    "revoked",
  );
  expect(tokenState({ revokedAt: null, expiresAt: null, usesLeft: 0 }, nowMs)).toBe("used up");
});
