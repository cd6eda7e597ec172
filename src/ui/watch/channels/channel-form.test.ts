import { describe, expect, it } from "vitest";
import { newChannelSchema } from "@/contracts/watch/channel";
import {
  addressesOf,
  type ChannelTyped,
  channelChangeOf,
  channelFormSchema,
  newChannelOf,
  typedOf,
} from "./channel-form";

const typed = (parts: Partial<ChannelTyped>): ChannelTyped => ({ ...typedOf(), name: "Ops", ...parts });
const url = "https://hooks.example.com/x";

function faults(parts: Partial<ChannelTyped>, changing = false): string[] {
  const judged = channelFormSchema(changing).safeParse(typed(parts));
  return judged.success ? [] : judged.error.issues.map(({ path }) => path.join("."));
}

describe("a channel that is typed", () => {
  it.each([
    { kind: "teams", url },
    { kind: "slack", url },
    { kind: "email", to: "a@example.com, b@example.com" },
    { kind: "webhook", url },
    { kind: "webhook", url, secret: "0123456789abcdef" },
    { kind: "inbox" },
  ] as const)("is what the server takes: %o", (parts) => {
    expect(faults(parts)).toEqual([]);
    expect(newChannelSchema.safeParse(newChannelOf(typed(parts))).success).toBe(true);
  });

  it("says what is missing under its field", () => {
    expect(faults({ kind: "slack" })).toEqual(["url"]);
    expect(faults({ kind: "email", to: "a@example.com, nonsense" })).toEqual(["to"]);
    expect(faults({ kind: "email" })).toEqual(["to"]);
    expect(faults({ kind: "webhook", url, secret: "short" })).toEqual(["secret"]);
    expect(faults({ kind: "inbox", name: " ", perMinute: "0" })).toEqual(["name", "perMinute"]);
  });

  it("keeps what is left empty while it is changed", () => {
    expect(faults({ kind: "teams" }, true)).toEqual([]);
    expect(channelChangeOf(typed({ kind: "teams" }), false)).toEqual({
      name: "Ops",
      template: null,
      perMinute: null,
    });
    expect(channelChangeOf(typed({ kind: "teams", url, title: "x", perMinute: "5" }), false)).toEqual({
      name: "Ops",
      template: { title: "x", body: null },
      perMinute: 5,
      config: { url },
    });
    expect(channelChangeOf(typed({ kind: "inbox", role: "admin" }), true)).toMatchObject({
      config: { role: "admin" },
    });
    expect(faults({ kind: "webhook", secret: "0123456789abcdef" }, true)).toEqual(["url"]);
  });

  it("takes addresses apart however they are written", () => {
    expect(addressesOf(" a@x.de,\nb@x.de; c@x.de ")).toEqual(["a@x.de", "b@x.de", "c@x.de"]);
  });
});
