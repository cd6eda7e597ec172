// @vitest-environment happy-dom
import { cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Alert } from "@/contracts/watch/alert";
import { sampleAlert } from "@/testing/board-samples";
import { pageStage } from "@/testing/page-stage";
import { useAlert } from "./use-alerts";

afterEach(cleanup);

it("an alert opened by its link is over as soon as it ends, however lately the server was asked", async () => {
  let stored: Alert = sampleAlert("a");
  const stage = pageStage({ answer: () => stored });
  const { result } = renderHook(() => useAlert("a"), stage);
  await waitFor(() => expect(result.current.alert?.state).toBe("firing"));
  stage.hear(stored);
  stored = { ...stored, state: "resolved", resolvedAt: "2026-03-12T14:01:50.000Z" };
  stage.hear(stored);
  await waitFor(() => expect(result.current.alert?.state).toBe("resolved"));
});
