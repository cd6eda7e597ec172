import { type CommandKind, isTypedWord, typedWords } from "@/contracts/fleet/command";
import { exitCodes } from "@/contracts/trust/rescue";
import { ask } from "../connection/ask";
import { Failure } from "../connection/fail";

/**
 * Before what can't be taken back, somebody at a terminal types the same word as in the console's dialog. A script
 * says `--yes`: without it, it is refused before anything is requested, since nobody would see the question.
 */
export async function confirmed(kind: CommandKind, agentNames: readonly string[]): Promise<void> {
  const word = typedWords[kind];
  if (!word) return;
  const whom = agentNames.length === 1 ? agentNames[0] : `${agentNames.length} agents`;
  if (!process.stdin.isTTY) {
    throw new Failure(
      `Nothing was done: mc ${word} asks for a word on a terminal. In a script, add --yes.`,
      exitCodes.usage,
    );
  }
  if (agentNames.length > 1) process.stderr.write(`${agentNames.map((name) => `  ${name}`).join("\n")}\n`);
  const [ends, stays] = agentNames.length === 1 ? ["ends", "stays"] : ["end", "stay"];
  process.stderr.write(`${whom} ${ends} at once, without being asked to stop, and ${stays} stopped.\n`);
  if (isTypedWord(kind, await ask(`Type ${word} to confirm: `, true))) return;
  throw new Failure(`Nothing was done: that was not the word ${word}.`);
}
