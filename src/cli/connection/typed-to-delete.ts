import { exitCodes } from "@/contracts/trust/rescue";
import { ask } from "./ask";
import { Failure } from "./fail";

/** Before it is gone for good, somebody types its name; a script says `--yes`. */
export async function typedToDelete(name: string, what: string, yes: true | undefined): Promise<void> {
  if (yes || (await ask(`Type ${name} to delete this ${what} for good: `, true)) === name) return;
  throw new Failure("Nothing was done. In a script, add --yes.", exitCodes.usage);
}
