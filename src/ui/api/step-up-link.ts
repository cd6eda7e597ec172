import type { TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import type { AppRouter } from "@/api/router";
import { refusalOf } from "./refusal";
import { askStepUp, wantsStepUp } from "./step-up";

/**
 * An act that takes a fresh second factor asks for the code and is then repeated by itself: no page has to know
 * which acts do. When the person gives no code, the page gets the refusal as ever. Asks once for each act.
 */
export function stepUpLink(): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let gone = false;
        let current: Unsubscribable | null = null;
        const send = (mayAsk: boolean) => {
          current = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error(error) {
              if (!mayAsk || op.type !== "mutation" || !wantsStepUp(refusalOf(error).details)) {
                observer.error(error);
                return;
              }
              void askStepUp().then((shown) => {
                if (gone) return;
                if (shown) send(false);
                else observer.error(error);
              });
            },
          });
        };
        send(true);
        return () => {
          gone = true;
          current?.unsubscribe();
        };
      });
}
