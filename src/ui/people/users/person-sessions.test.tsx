// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { SignedInProgram } from "@/contracts/people/oauth";
import type { Person } from "@/contracts/people/user";
import { drawPage } from "@/testing/page-stage";
import { PersonSessionsDialog } from "./person-sessions";

const at = "2026-03-12T14:00:00.000Z";
const program: SignedInProgram = {
  id: "fam_1",
  name: "mc on laptop",
  ip: "203.0.113.7",
  signedInAt: at,
  lastUsedAt: at,
  expiresAt: "2026-04-11T14:00:00.000Z",
  current: false,
};
const person = { id: "usr_2", name: "Rosa" } as Person;

function draw(programs: SignedInProgram[]) {
  return drawPage(<PersonSessionsDialog person={person} isMe={false} open onOpenChange={() => {}} />, {
    "users.sessions": () => ({ items: [], programs }),
    "users.endSessions": () => ({ ended: 0 }),
    "programs.revoke": () => ({ ok: true }),
  });
}

afterEach(cleanup);

it("somebody whose only way in is a program can be signed out of it, alone or everywhere", async () => {
  const { asked } = draw([program]);
  fireEvent.click(await screen.findByRole("button", { name: "Sign mc on laptop out" }));
  await waitFor(() => expect(asked("programs.revoke")).toEqual([{ id: "fam_1" }]));
  expect(screen.queryByText(/^Not signed in anywhere/)).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Sign out everywhere" }));
  await waitFor(() => expect(asked("users.endSessions")).toEqual([{ id: "usr_2" }]));
});

it("says that somebody is signed in nowhere when no program is in either", async () => {
  draw([]);
  expect(await screen.findByText(/^Not signed in anywhere/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Sign out everywhere/ })).toBeNull();
});
