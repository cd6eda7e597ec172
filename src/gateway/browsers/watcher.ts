import type { DefaultEventsMap, Namespace, Socket } from "socket.io";
import type { Role } from "@/contracts/people/role";
import type { ConsoleToServer, ServerToConsole } from "@/contracts/wire/browser";
import type { Caller } from "@/domain/people/sessions";

/** What the gateway knows of one watcher: decided once, at its handshake; rooms follow from it. */
export type WatcherData = {
  caller: Caller & { role: Role };
  /** Credential of the handshake when it was no cookie, for asking again whether it is still valid. */
  bearer: string | undefined;
  /** It has a board: frames of its room continue it. */
  joined: boolean;
  /** It reads too slowly and is out of every room until its transport has drained. */
  behind: boolean;
  /** Lines of its tail that it missed while it was behind. */
  missedLines: number;
};

export type Watcher = Socket<ConsoleToServer, ServerToConsole, DefaultEventsMap, WatcherData>;
export type ConsoleNamespace = Namespace<ConsoleToServer, ServerToConsole, DefaultEventsMap, WatcherData>;

/** Room of all who watch an account's board. */
export const boardRoom = (account: string) => `board:${account}`;
/** The account of a board room; null when the room is none. */
export const accountOf = (room: string) => (room.startsWith("board:") ? room.slice(6) : null);

/** What the other side gave as its answer function, or one that does nothing: it may have given anything. */
export function answerTo<Answer>(given: unknown): (answer: Answer) => void {
  return typeof given === "function" ? (answer) => void given(answer) : () => {};
}
