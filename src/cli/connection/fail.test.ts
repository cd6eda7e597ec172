import { CommanderError, InvalidArgumentError } from "commander";
import { expect, it } from "vitest";
import { exitCodes } from "@/contracts/trust/rescue";
import { failureOf } from "./fail";

it("says what is wrong with a value that is read while the command runs, and leaves what Commander has said", () => {
  const late = failureOf(new InvalidArgumentError("Give hours such as 22:00-02:00."));
  expect(late).toMatchObject({ message: "Give hours such as 22:00-02:00.", exitCode: exitCodes.usage });
  const printed = failureOf(new CommanderError(1, "commander.unknownOption", "error: unknown option"));
  expect(printed).toMatchObject({ message: "", exitCode: exitCodes.usage });
  expect(failureOf(new CommanderError(0, "commander.help", ""))).toBeNull();
});
