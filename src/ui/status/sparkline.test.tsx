import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Sparkline } from "./sparkline";

const pathsOf = (values: readonly (number | null)[]) => {
  const html = renderToStaticMarkup(<Sparkline values={values} max={100} />);
  return { line: /<path d="(M[^"]*)" fill="none"/.exec(html)?.[1], dot: /cx="([^"]*)"/.exec(html)?.[1] };
};

describe("a sparkline", () => {
  it("has one axis for all: what was not measured takes its room, and the dot is at now", () => {
    const old = pathsOf([50, 50, 50, 50, 50]);
    const young = pathsOf([null, null, null, 50, 50]);
    expect(old.line).toBe("M0.0 8.0L10.8 8.0L21.5 8.0L32.3 8.0L43.0 8.0");
    expect(young.line).toBe("M32.3 8.0L43.0 8.0");
    expect([old.dot, young.dot]).toEqual(["43.0", "43.0"]);
  });

  it("has a gap where nothing was measured, and a dot where one moment was", () => {
    expect(pathsOf([50, null, 50, 50, null]).line).toBe("M0.0 8.0h0M21.5 8.0L32.3 8.0");
  });
});
