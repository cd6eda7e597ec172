// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Freshness } from "./freshness";

afterEach(cleanup);

function news(container: HTMLElement) {
  return container.querySelector("[aria-live=polite]")?.textContent;
}

describe("Freshness", () => {
  it("says a change of state once, and never the number alone", () => {
    const { container, rerender } = render(<Freshness state="live" delayMs={38} />);
    expect(container.textContent).toBe("live · 38 ms");
    rerender(<Freshness state="live" delayMs={52} />);
    expect(news(container)).toBe("");
    rerender(<Freshness state="reconnecting" dataFrom="2026-03-12T14:02:11Z" />);
    expect(news(container)).toMatch(/^Connection lost/);
    rerender(<Freshness state="live" />);
    expect(news(container)).toBe("The page is live again.");
  });
});
