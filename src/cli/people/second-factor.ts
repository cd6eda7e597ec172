import { Argument, type Command } from "commander";
import { type Role, roles } from "@/contracts/people/role";
import { printJson, printLine, printTable } from "../connection/print";
import { connect, type ServerOptions, withServer } from "../connection/server";
import { asPerson } from "./as-person";

/** `mc second-factor …`: what protects one's own account, and which roles must be protected so. */
export function registerSecondFactor(program: Command): void {
  const factor = program
    .command("second-factor")
    .description("your own second factor, and the roles that must have one; passkeys are made in a browser");
  registerPolicy(factor);
  registerApp(factor);
  registerPasskeys(factor);
}

function registerPolicy(factor: Command): void {
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
      const requiredFor = wanted.filter((role): role is Role => role !== "nobody");
      const policy = await connect(server).secondFactor.setPolicy.mutate({ requiredFor });
      if (server.json) return printJson(policy);
      printLine(policyWords(policy.requiredFor));
    });
}

function registerApp(factor: Command): void {
  withServer(factor.command("show").description("what protects your account")).action(
    async (server: ServerOptions) => {
      const client = await asPerson(server);
      const [own, { items: passkeys }] = await Promise.all([
        client.secondFactor.get.query({}),
        client.passkeys.list.query({}),
      ]);
      if (server.json) return printJson({ ...own, passkeys });
      printLine(own.totpSince ? `Authenticator app since ${own.totpSince}` : "No authenticator app");
      printLine(`Recovery codes left: ${own.recoveryCodesLeft}`);
      if (own.required) printLine("Your role must have a second factor.");
      if (passkeys.length === 0) return printLine("No passkey");
      printTable(
        ["PASSKEY", "MADE", "LAST USED", "ID"],
        passkeys.map(({ name, createdAt, lastUsedAt, id }) => [name, createdAt, lastUsedAt, id]),
      );
    },
  );

  withServer(factor.command("begin").description("begin to set up an authenticator app: its secret")).action(
    async (server: ServerOptions) => {
      const begun = await (await asPerson(server)).secondFactor.begin.mutate({});
      if (server.json) return printJson(begun);
      printLine(`Enter this secret in the app: ${begun.secret}`);
      printLine(`Or open ${begun.url}`);
      printLine("Then: mc second-factor confirm <code>");
    },
  );

  withServer(factor.command("confirm").argument("<code>", "that the app shows"))
    .description("switch the app on; your recovery codes are shown this once")
    .action(async (code: string, server: ServerOptions) => {
      tellCodes(server, await (await asPerson(server)).secondFactor.confirm.mutate({ code }));
    });

  withServer(factor.command("remove").description("remove your authenticator app")).action(
    async (server: ServerOptions) => {
      const answer = await (await asPerson(server)).secondFactor.remove.mutate({});
      if (server.json) return printJson(answer);
      printLine("Your authenticator app is removed.");
    },
  );

  withServer(factor.command("recovery-codes"))
    .description("ten new recovery codes, shown this once; without a second factor it takes MC_PASSWORD")
    .action(async (server: ServerOptions) => {
      const current = process.env.MC_PASSWORD;
      const wish = current === undefined ? {} : { current };
      tellCodes(server, await (await asPerson(server)).secondFactor.makeRecoveryCodes.mutate(wish));
    });
}

function registerPasskeys(factor: Command): void {
  withServer(factor.command("rename-passkey").argument("<id>").argument("<name>"))
    .description("give a passkey of yours another name")
    .action(async (id: string, name: string, server: ServerOptions) => {
      const passkey = await (await asPerson(server)).passkeys.rename.mutate({ id, name });
      if (server.json) return printJson(passkey);
      printLine(`It is called ${passkey.name} now.`);
    });

  withServer(factor.command("remove-passkey").argument("<id>"))
    .description("remove a passkey of yours; your other sessions end")
    .action(async (id: string, server: ServerOptions) => {
      const answer = await (await asPerson(server)).passkeys.remove.mutate({ id });
      if (server.json) return printJson(answer);
      printLine("The passkey is removed.");
    });
}

function tellCodes(server: ServerOptions, made: { recoveryCodes: string[] }): void {
  if (server.json) printJson(made);
  else for (const line of ["Your recovery codes, shown this once:", ...made.recoveryCodes]) printLine(line);
}

const policyWords = (requiredFor: Role[]) =>
  requiredFor.length === 0
    ? "No role must have a second factor."
    : `Must have a second factor: ${requiredFor.join(", ")}.`;
