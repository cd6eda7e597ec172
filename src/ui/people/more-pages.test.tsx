// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { drawPage } from "@/testing/page-stage";
import { ClientsPage } from "./clients/clients-page";
import { TokensPage } from "./tokens/tokens-page";

const at = "2026-03-12T14:00:00.000Z";
const common = { role: "viewer", scopes: null, createdAt: at, lastUsedAt: null, madeBy: "Mira" };
const of = (name: string, revokedAt: string | null) => ({
  ...common,
  id: `id_of_${name}`,
  name,
  prefix: "mct_abcdefgh",
  secretPrefix: "mcs_abcdefgh",
  previous: null,
  expiresAt: null,
  revokedAt,
});

afterEach(cleanup);

it.each([
  ["tokens", <TokensPage key="tokens" />, "tokens.list", "Older tokens", /newest 1 tokens opens anything/],
  [
    "clients",
    <ClientsPage key="clients" />,
    "oauthClients.list",
    "Older clients",
    /newest 1 machine clients/,
  ],
])(
  "%s beyond the first page can be reached, and none is denied before",
  async (_, element, path, older, yet) => {
    drawPage(element, {
      [path]: ({ cursor }: { cursor?: string }) =>
        cursor
          ? { items: [of("nightly", null)], nextCursor: null }
          : { items: [of("leaked", at)], nextCursor: "next" },
    });
    expect(await screen.findByText(yet)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: older }));
    expect(await screen.findByText("nightly")).toBeTruthy();
    expect(screen.queryByRole("button", { name: older })).toBeNull();
  },
);
