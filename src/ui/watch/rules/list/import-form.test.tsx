// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, expect, it } from "vitest";
import type { AppRouter } from "@/api/router";
import { trpc } from "@/ui/api/trpc";
import { Dialog, DialogContent } from "@/ui/primitives/dialog";
import { ImportForm } from "./import-form";

afterEach(cleanup);

const message = "The file is not right:\nline 2: no such severity\nline 2: no such severity\nline 3: no name";
const refuses: TRPCLink<AppRouter> = () => () =>
  observable((observer) => {
    const fields = [{ path: "yaml", message }];
    const data = { refusal: "invalid", details: { fields }, httpStatus: 400 };
    observer.error(TRPCClientError.from({ error: { message, code: -32600, data } } as unknown as Error));
  });

it("what is wrong with a file describes its field, each fault once", async () => {
  const cache = new QueryClient();
  render(
    <trpc.Provider client={trpc.createClient({ links: [refuses] })} queryClient={cache}>
      <QueryClientProvider client={cache}>
        <Dialog open>
          <DialogContent>
            <ImportForm onDone={() => {}} />
          </DialogContent>
        </Dialog>
      </QueryClientProvider>
    </trpc.Provider>,
  );
  const field = screen.getByRole("textbox", { name: "Rules as YAML" });
  fireEvent.change(field, { target: { value: "rules: []" } });
  fireEvent.click(screen.getByRole("button", { name: "Show what would change" }));
  const list = await screen.findByRole("list", { name: "What is wrong with the file" });
  expect(list.closest("[aria-live=polite]")).toBeTruthy();
  expect(
    within(list)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["line 2: no such severity", "line 3: no name."]);
  const described = field.getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(described).toEqual([screen.getByRole("alert").id, list.id]);
  fireEvent.change(field, { target: { value: "rules: [" } });
  expect(field.getAttribute("aria-describedby")).toBeNull();
});
