import type { IncomingHttpHeaders } from "node:http";
import type { ErrorCode } from "@/contracts/kernel/errors";
import { type Ground, isRefusal, may } from "@/domain/kernel";
import type { Authenticate } from "@/domain/people/sessions";
import type { Watcher, WatcherData } from "./watcher";

export type HandshakeOptions = {
  ground: Ground;
  authenticate: Authenticate;
  /** Whether a handshake with a cookie came from our own pages. */
  sameOrigin: (headers: IncomingHttpHeaders) => boolean;
};

type Next = (error?: Error & { data?: { code: ErrorCode; message: string } }) => void;

const refusal = (code: ErrorCode, message: string) =>
  Object.assign(new Error(message), { data: { code, message } });

/** Lets in whoever may read the board: a session's cookie from our own pages, or a token in `auth.token`. */
export function handshake({ ground, authenticate, sameOrigin }: HandshakeOptions) {
  return async (socket: Watcher, next: Next): Promise<void> => {
    const { headers, auth } = socket.handshake;
    const bearer = typeof auth.token === "string" && auth.token !== "" ? auth.token : undefined;
    try {
      const { role, ...caller } = await authenticate(headers, bearer);
      if (caller.actor.kind === "anonymous") {
        next(refusal("unauthenticated", "You are not signed in. Sign in and try again."));
        return;
      }
      if (!role || !may({ ...caller, role }, "board:read")) {
        next(refusal("forbidden", "This credential may not watch the board."));
        return;
      }
      if (caller.mustEnrol) {
        next(refusal("forbidden", "Set up your second factor first: your role must have one."));
        return;
      }
      if (caller.via === "cookie" && !sameOrigin(headers)) {
        next(
          refusal("forbidden", "This page is not part of Mission Control, so it may not use your session."),
        );
        return;
      }
      const data: WatcherData = {
        caller: { ...caller, role },
        bearer,
        joined: false,
        behind: false,
        missedLines: 0,
      };
      Object.assign(socket.data, data);
      next();
    } catch (error) {
      if (isRefusal(error)) {
        next(refusal(error.code, error.message));
        return;
      }
      ground.log.warn({ err: error }, "A watcher's credential could not be checked.");
      next(refusal("unavailable", "Mission Control can't check who you are now. Try again in a moment."));
    }
  };
}
