// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { AgentKey } from "@/contracts/fleet/agent";
import type { AgentCertificate } from "@/contracts/fleet/certificate";
import { drawPage, refused, silent } from "@/testing/page-stage";
import { KeysCard } from "./keys-card";

const key = { id: "key_1", prefix: "mca_Qk3v", createdAt: "2026-03-01T08:00:00.000Z" } as AgentKey;
const held = {
  ...key,
  revokedAt: null,
  lastUsedAt: null,
  lastUsedFrom: null,
  rotatedAt: null,
  previous: null,
};
const certificateUntil = (expiresAt: string): AgentCertificate => ({
  serial: "4f1c9a20",
  fingerprint: "ab",
  issuedBy: "Mira",
  createdAt: "2026-03-01T08:00:00.000Z",
  expiresAt,
  lastUsedAt: null,
  lastUsedFrom: null,
  revokedAt: null,
});
const draw = (keys: unknown[], certificates: AgentCertificate[]) =>
  drawPage(<KeysCard agentId="a" />, {
    "agentKeys.list": () => ({ items: keys }),
    "agentCertificates.list": () => ({ items: certificates }),
  }).page;

afterEach(cleanup);

it("revoking the last key warns that the agent stays out, though a certificate that expired is still listed", async () => {
  const page = draw([held], [certificateUntil("2026-03-05T08:00:00.000Z")]);
  fireEvent.click(await page.findByRole("button", { name: /^Revoke the key/ }));
  expect(screen.getByText(/It is the only one: the agent stays out/)).toBeTruthy();
});

it("a certificate that is good lets the agent in when the key is revoked", async () => {
  const page = draw([held], [certificateUntil("2999-03-05T08:00:00.000Z")]);
  fireEvent.click(await page.findByRole("button", { name: /^Revoke the key/ }));
  expect(screen.getByText(/can still come in by its other credential/)).toBeTruthy();
});

it("says that no key is good where only an expired certificate is left", async () => {
  const page = draw([], [certificateUntil("2026-03-05T08:00:00.000Z")]);
  expect(await page.findByText(/^No key is good/)).toBeTruthy();
  expect(page.getByText(/expired/)).toBeTruthy();
});

it("claims nothing of the keys before the certificates came", async () => {
  const answers = {
    "agentKeys.list": () => ({ items: [] }),
    "agentCertificates.list": silent as typeof silent,
  };
  const { page } = drawPage(<KeysCard agentId="a" />, answers);
  expect(await page.findByRole("button", { name: "Make a key" })).toBeTruthy();
  expect(page.queryByText(/^No key is good/)).toBeNull();
  cleanup();
  const failing = drawPage(<KeysCard agentId="a" />, { ...answers, "agentCertificates.list": refused });
  expect(await failing.page.findByText("This list did not come")).toBeTruthy();
  expect(failing.page.queryByText(/^No key is good/)).toBeNull();
});
