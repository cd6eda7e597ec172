// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { Checkbox } from "./checkbox";
import { Field } from "./field";
import { Input } from "./input";
import { Textarea } from "./textarea";

afterEach(cleanup);

function describing(control: HTMLElement): string {
  const ids = control.getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent).join(" | ");
}

describe("Field", () => {
  it("joins the control to label, hint and error", () => {
    const { rerender } = render(
      <Field label="Address" hint="Of the Teams workflow.">
        <Input name="url" />
      </Field>,
    );
    const control = screen.getByLabelText("Address");
    expect(control.getAttribute("name")).toBe("url");
    expect(control.getAttribute("aria-invalid")).toBeNull();
    expect(describing(control)).toBe("Of the Teams workflow.");

    rerender(
      <Field label="Address" hint="Of the Teams workflow." error="This is no address.">
        <Input name="url" />
      </Field>,
    );
    expect(control.getAttribute("aria-invalid")).toBe("true");
    expect(describing(control)).toBe("This is no address. | Of the Teams workflow.");
    expect(screen.getByRole("alert").textContent).toBe("This is no address.");
  });

  it("tells two fields of the same label apart", () => {
    render(
      <>
        <Field label="Reason" required>
          <Textarea />
        </Field>
        <Field label="Reason">
          <Input />
        </Field>
      </>,
    );
    const [first, second] = screen.getAllByLabelText("Reason");
    expect(first?.id).not.toBe(second?.id);
    expect(first?.getAttribute("aria-required")).toBe("true");
    expect(second?.getAttribute("aria-required")).toBeNull();
  });

  it("wires a check box by the same rule and leaves controls outside alone", () => {
    render(
      <>
        <Field label="Keep running">
          <Checkbox />
        </Field>
        <Input aria-label="Alone" />
      </>,
    );
    expect(screen.getByRole("checkbox", { name: "Keep running" })).toBeTruthy();
    expect(screen.getByLabelText("Alone").getAttribute("aria-describedby")).toBeNull();
  });
});
