import { describe, expect, it } from "vitest";
import type { ApiRefusal } from "../api/refusal";
import { placeRefusal } from "./form-refusal";

const refusal = (parts: Partial<ApiRefusal>): ApiRefusal => ({
  code: "invalid",
  message: "That did not work.",
  details: null,
  requestId: null,
  ...parts,
});

describe("placeRefusal", () => {
  it("puts the schema's issues under their fields", () => {
    const message = JSON.stringify([
      { code: "custom", path: ["email"], message: "must be an e-mail address" },
      { code: "custom", path: ["config", "url"], message: "must be an http or https address" },
    ]);
    expect(placeRefusal(refusal({ message }), ["email", "url"])).toEqual({
      fields: { email: "Must be an e-mail address.", url: "Must be an http or https address." },
      form: null,
      waitMs: 0,
    });
  });

  it("keeps a complaint about an unknown field as a sentence for the whole", () => {
    const message = JSON.stringify([{ path: ["limit"], message: "is too large" }]);
    expect(placeRefusal(refusal({ message }), ["email"]).form).toBe("Limit is too large.");
  });

  it("reads fields that the verb named", () => {
    const fields = [
      { path: "password", message: "is too short", rule: "length" },
      { path: "password", message: "is too common", rule: "common" },
    ];
    const placed = placeRefusal(refusal({ details: { fields } }), ["password"]);
    expect(placed.fields.password).toBe("This is too short. This is too common.");
    expect(placed.form).toBeNull();
  });

  it("shows a refusal without fields as it was said, with the wait", () => {
    const placed = placeRefusal(
      refusal({ code: "too-many", message: "Too many tries.", details: { retryAfterMs: 42_000 } }),
      ["identifier"],
    );
    expect(placed).toEqual({ fields: {}, form: "Too many tries.", waitMs: 42_000 });
  });

  it("does not stumble over a message that only looks like JSON", () => {
    expect(placeRefusal(refusal({ message: "[sic] no." }), ["email"]).form).toBe("[sic] no.");
  });
});
