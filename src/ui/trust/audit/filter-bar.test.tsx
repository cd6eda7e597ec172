// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { FilterBar } from "./filter-bar";

afterEach(cleanup);

it.each([
  [undefined, "Everything"],
  ["rule.", "Alert rules"],
  ["agent.added", "agent.added"],
])("a list that is narrowed to %s says so: %s", (kind, said) => {
  const page = render(<FilterBar filter={kind ? { kind } : {}} onChange={() => {}} />);
  expect(page.getByRole("combobox", { name: "What kind of facts" }).textContent).toBe(said);
});
