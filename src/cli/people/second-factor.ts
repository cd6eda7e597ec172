import { Argument, type Command } from "commander";
import { type Role, roles } from "@/contracts/people/role";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { printJson, printLine } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";

/** `mc second-factor …`: which roles must have one. One's own is set up in a browser: tokens have none. */
export function registerSecondFactor(program: Command): void {
  const factor = program
    .command("second-factor")
    .description("roles that must have a second factor: policy, require; your own is set up in a browser");
  withServer(factor.command("policy").description("roles that must have a second factor")).action(
    async (server: ServerOptions) => {
      const policy = await connect(server).secondFactor.policy.query({});
      if (server.json) return printJson(policy);
      printLine(policyWords(policy.requiredFor));
    },
  );

  withServer(factor.command("require").addArgument(new Argument("<roles...>").choices([...roles, "nobody"])))
    .description("set the roles that must have one; their people set it up at their next visit")
    .action(async (wanted: (Role | "nobody")[], server: ServerOptions) => {
      if (wanted.length > 1 && wanted.includes("nobody"))
        throw new Failure("It is either nobody or these roles; nothing was changed.", exitCodes.usage);
      const requiredFor = wanted.filter((role): role is Role => role !== "nobody");
      const policy = await connect(server).secondFactor.setPolicy.mutate({ requiredFor });
      if (server.json) return printJson(policy);
      printLine(policyWords(policy.requiredFor));
    });
}

const policyWords = (requiredFor: Role[]) =>
  requiredFor.length === 0
    ? "No role must have a second factor."
    : `Must have a second factor: ${requiredFor.join(", ")}.`;
