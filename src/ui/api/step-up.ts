/** Answers whether a fresh code was shown: true, and the act is worth repeating. */
type Ask = () => Promise<boolean>;

let ask: Ask | null = null;

/** The page's dialog offers itself; answers how to take it back. There is one at a time. */
export function offerStepUp(offered: Ask): () => void {
  ask = offered;
  return () => {
    if (ask === offered) ask = null;
  };
}

/** Asks the person for a fresh code of the second factor; false at once where no dialog is there. */
export function askStepUp(): Promise<boolean> {
  return ask ? ask() : Promise.resolve(false);
}

/** Whether a refusal's details say that a fresh second factor opens the act. */
export function wantsStepUp(details: unknown): boolean {
  return typeof details === "object" && details !== null && "stepUp" in details && details.stepUp === true;
}
