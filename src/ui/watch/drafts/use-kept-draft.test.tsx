// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { User } from "@/contracts/people/user";
import { SessionContext } from "@/ui/api/session";
import { DraftOffer } from "./draft-offer";
import { useKeptDraft } from "./use-kept-draft";

const words = (kept: unknown) => (typeof kept === "string" ? kept : null);
const session = { user: { id: "usr_1" } as User, can: () => true };

/** A page with one field, empty where nothing is typed. */
function Page() {
  const [typed, setTyped] = useState("");
  const keeping = useKeptDraft("page", { dirty: typed !== "", typed }, words);
  return (
    <>
      <DraftOffer keeping={keeping} onUse={setTyped} />
      <input aria-label="Words" value={typed} onChange={({ target }) => setTyped(target.value)} />
      <button type="button" onClick={keeping.forget}>
        Saved
      </button>
    </>
  );
}

const open = () =>
  render(
    <SessionContext value={session}>
      <Page />
    </SessionContext>,
  );
const type = (value: string) => fireEvent.change(screen.getByLabelText("Words"), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const field = () => screen.getByLabelText<HTMLInputElement>("Words").value;
const offered = () => screen.queryByTestId("draft-offer") !== null;

/** Types and goes away, without a decision about what is offered. */
function leave(value: string) {
  const { unmount } = open();
  type(value);
  unmount();
}

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

describe("a draft that is offered", () => {
  it("stays kept beside what is typed, until both are decided about", () => {
    leave("one");
    leave("two");
    open();
    press("Use it");
    expect(field()).toBe("two");
    expect(offered()).toBe(true);
    type("");
    press("Use it");
    expect(field()).toBe("one");
    expect(offered()).toBe(false);
  });

  it("is thrown away alone: what is typed beside it stays kept", () => {
    leave("one");
    const { unmount } = open();
    type("two");
    press("Throw it away");
    expect(field()).toBe("two");
    expect(offered()).toBe(false);
    unmount();
    open();
    press("Use it");
    expect(field()).toBe("two");
    expect(offered()).toBe(false);
  });

  it("changes places with what is typed when it is used", () => {
    leave("one");
    open();
    expect(screen.getByText(/It was kept when you left the page/)).toBeTruthy();
    type("two");
    expect(screen.getByText(/Use it, and what you type now waits here instead/)).toBeTruthy();
    press("Use it");
    expect(field()).toBe("one");
    press("Use it");
    expect(field()).toBe("two");
  });

  it("outlives what is typed and taken back", () => {
    leave("one");
    const { unmount } = open();
    type("two");
    type("");
    unmount();
    open();
    press("Use it");
    expect(field()).toBe("one");
  });

  it("is forgotten with the rest once it is saved", () => {
    leave("one");
    const { unmount } = open();
    type("two");
    press("Saved");
    expect(offered()).toBe(false);
    unmount();
    open();
    expect(offered()).toBe(false);
  });
});
