// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Person } from "@/contracts/people/user";
import { drawPage } from "@/testing/page-stage";
import { PeopleList } from "./people-list";

const someone = (name: string, passkeys: number): Person => ({
  id: `usr_${name}`,
  email: `${name.toLowerCase()}@example.test`,
  username: null,
  name,
  role: "viewer",
  disabledAt: null,
  lockedUntil: null,
  createdAt: "2026-03-12T14:00:00.000Z",
  lastLoginAt: null,
  hasPassword: true,
  openSessions: 0,
  lastAdmin: false,
  factors: { app: false, passkeys },
});
const first = { items: [someone("Rosa", 1)], nextCursor: "next" };
const second = { items: [someone("Sven", 0)], nextCursor: null };

/** The list of people, narrowed to those without a second factor once its first page is there. */
async function narrowed(rest: () => unknown) {
  const stage = drawPage(<PeopleList />, {
    "users.list": ({ cursor }: { cursor?: string }) => (cursor ? rest() : first),
  });
  await screen.findByText("Rosa");
  expect(stage.asked("users.list")).toHaveLength(1);
  fireEvent.click(screen.getByRole("radio", { name: "No second factor" }));
  return stage;
}

afterEach(cleanup);

it("a view shows who is on a page that was not read yet", async () => {
  await narrowed(() => second);
  expect(await screen.findByText("Sven")).toBeTruthy();
  expect(screen.queryByText("Rosa")).toBeNull();
  expect(screen.queryByRole("button", { name: "More people" })).toBeNull();
});

it("says that there is nobody of a kind only when everybody was read", async () => {
  const { asked } = await narrowed(() => {
    throw new Error("The server does not answer.");
  });
  expect(await screen.findByText("Nobody so far")).toBeTruthy();
  await waitFor(() => expect(asked("users.list")).toHaveLength(2));
  expect(screen.queryByText("There is nobody of this kind.")).toBeNull();
  expect(screen.getByRole("button", { name: "More people" })).toBeTruthy();
});
