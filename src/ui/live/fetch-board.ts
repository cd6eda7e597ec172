import type { Snapshot } from "@/contracts/wire/browser";

/** Address of the snapshot; the layout preloads it, so that it is on its way before any script runs. */
export const boardPath = "/v1/board";

export class SignedOut extends Error {}

/** The snapshot by HTTP: compressed there, which a socket message is not. Throws `SignedOut` on 401. */
export async function fetchBoard(): Promise<Snapshot> {
  const answer = await fetch(boardPath, { headers: { accept: "application/json" } });
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new Error(`The board answered ${answer.status}.`);
  return (await answer.json()) as Snapshot;
}
