import type { AgentSocket } from "./connections";
import { insidesOf } from "./insides";

/**
 * Lets go of each message when it is taken. The library puts a message into a list that it made after the one before,
 * and agents are silent for a second and more: by then the list is old to the garbage collector. What is put into an
 * old list lives until the whole heap is looked at, although the list itself was thrown away. So a message's list is
 * emptied after it. (Answers to beats pass the engine's list by, see `beat-lane`.)
 */
export function forgetMessages(socket: AgentSocket): void {
  const insides = insidesOf(socket);
  if (!insides) return;
  const { ws, receiver } = insides;
  let carrying = receiver._fragments;
  // Told by the receiver itself, when a message is put together and the next frame is not begun: not a turn later.
  ws.on("message", () => {
    carrying.length = 0;
    carrying = receiver._fragments;
  });
}
