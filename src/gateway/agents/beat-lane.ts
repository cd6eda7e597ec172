import { agentNamespace } from "@/contracts/wire/agent";
import type { AgentSocket } from "./connections";
import { insidesOf } from "./insides";
import { writeText } from "./text-frames";

/** How the Socket.IO protocol writes an event of ours without attachments: `2/agents,17["beat",{…}]`. */
const head = `2${agentNamespace},`;
/** How Engine.IO begins a packet of somebody's. */
const engineMessage = "4";
const beatText = '["beat",';
const mostDigits = 15;
const digits = /^\d*$/;

type Take = (message: unknown, reply: (answer: unknown) => void) => void;

/**
 * Takes beats from the connection before Socket.IO does, and answers them past it: its parser, its dispatch and its
 * acknowledgements cost a tenth of what a beat costs, the engine's way of sending a sixth, and beats are nearly all that
 * agents say. Only a beat that is written as every client writes it goes this way. Anything else, broken ones too, is
 * the library's as before; the wire is the same for both.
 *
 * The library hands a packet on a tick later, so a beat may overtake what came just before it: whatever a beat may change
 * is judged by times, and what a session said last under its row's lock. An answer may overtake what waits in the
 * engine; it is matched by its id.
 */
export function openBeatLane(socket: AgentSocket, take: Take): void {
  const { conn } = socket;
  const listeners = conn.listeners("data");
  const library = listeners[0] as ((text: unknown) => void) | undefined;
  // Where the library has come to listen otherwise, it hears the beats.
  if (!library || listeners.length > 1) return;

  const insides = insidesOf(socket);
  const hear = (text: unknown) => {
    const beat = beatIn(text);
    if (!beat) return library(text);
    const { ack, message } = beat;
    take(message, (answer) => {
      if (!ack) return;
      const packet = `3${agentNamespace},${ack}[${JSON.stringify(answer)}]`;
      if (!insides || !writeText(insides, engineMessage + packet)) conn.write(packet);
    });
  };
  conn.off("data", library);
  conn.on("data", hear);
  // On the same connection the agent may come back into the namespace, and gets a lane of its own.
  socket.on("disconnect", () => {
    conn.off("data", hear);
    conn.on("data", library);
  });
}

/** The beat in a packet, and the id that it wants its answer under, empty for none; null when it is anything else. */
function beatIn(text: unknown): { ack: string; message: unknown } | null {
  if (typeof text !== "string" || !text.startsWith(head)) return null;
  const at = text.indexOf("[", head.length);
  if (at > head.length + mostDigits || !text.startsWith(beatText, at)) return null;
  const ack = text.slice(head.length, at);
  if (!digits.test(ack)) return null;
  try {
    const packet: unknown[] = JSON.parse(text.slice(at));
    return { ack, message: packet[1] };
  } catch {
    return null;
  }
}
