// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { InboxMessage } from "@/contracts/watch/inbox";
import { type Asked, pageStage } from "@/testing/page-stage";
import { InboxPanel } from "./inbox-panel";
import { useInbox } from "./use-inbox";

// The page's clock is kept between test files and never goes back: one of a later day would reach into others.
beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-03-12T14:00:00.000Z"), toFake: ["Date"] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** An inbox of messages 1 to `newest`, read up to `through`, as the server keeps it. */
function inboxOf(newest: number, through: number) {
  const inbox = { through };
  const message = (id: number): InboxMessage => ({
    id,
    at: "2026-03-12T14:00:00.000Z",
    event: "firing",
    severity: "warning",
    title: `Message ${id}`,
    body: "Silent",
    link: "/alerts",
    read: id <= inbox.through,
  });
  const answer = ({ path, input }: Asked) => {
    if (path === "inbox.read") {
      inbox.through = (input as { through: number }).through;
      return { unread: newest - inbox.through };
    }
    const { cursor, limit } = input as { cursor?: string; limit: number };
    const from = cursor ? Number(cursor) - 1 : newest;
    const items = Array.from({ length: Math.min(limit, from) }, (_, at) => message(from - at));
    const last = from - items.length + 1;
    return { items, nextCursor: last > 1 ? String(last) : null, unread: newest - inbox.through };
  };
  return { inbox, stage: pageStage({ answer }) };
}

function Inbox() {
  return <InboxPanel inbox={useInbox()} onClose={() => undefined} />;
}
const open = ({ stage }: ReturnType<typeof inboxOf>) => render(<Inbox />, stage);
const reads = ({ stage }: ReturnType<typeof inboxOf>) =>
  stage.asked.filter(({ path }) => path === "inbox.read");
const marked = () => screen.getAllByText("new").length;

it("what fits into the panel is read by being looked at, and stays marked as new until it closes", async () => {
  const server = inboxOf(40, 35);
  open(server);
  await waitFor(() => expect(reads(server)).toHaveLength(1));
  expect(server.inbox.through).toBe(40);
  expect(marked()).toBe(5);
  fireEvent.click(screen.getByRole("button", { name: "Older" }));
  await screen.findByText("Message 1");
  expect(marked()).toBe(5);
});

it("nothing is read before every unread one was in sight, and the older ones come by a button", async () => {
  const server = inboxOf(70, 30);
  open(server);
  await screen.findByText("10 more are unread");
  expect(reads(server)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Older" }));
  await screen.findByText("Message 31");
  await waitFor(() => expect(server.inbox.through).toBe(70));
  expect(marked()).toBe(40);
  expect(screen.queryByText(/more are unread/)).toBeNull();
});

it("who does not want to see them all says so", async () => {
  const server = inboxOf(400, 0);
  open(server);
  await screen.findByText("99+ more are unread");
  fireEvent.click(screen.getByRole("button", { name: "Mark all as read" }));
  await waitFor(() => expect(server.inbox.through).toBe(400));
});
