import { type Command, Option } from "commander";
import { type Role, roles } from "@/contracts/people/role";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";
import { runRescue } from "../connection/rescue";
import { typed } from "./by-password";
import { registerPeople } from "./people";
import { readUsersFile } from "./read-users-file";
import {
  createThroughServer,
  eitherWay,
  importThroughServer,
  isThroughServer,
  type MaybeThroughServer,
  unlockThroughServer,
} from "./through-server";

type Given = { password?: string; json?: boolean };
type Made = Given &
  MaybeThroughServer & { name?: string; role: Role; makePassword?: boolean; askPassword?: boolean };

/**
 * `mc users …`. What gets somebody in again goes straight to the database, on the server's machine; all but a new
 * password and the end of a lost second factor can go through the server too, and the rest does always.
 */
export function registerUsers(program: Command): void {
  const users = program
    .command("users")
    .description(
      "people: create, import, unlock, reset-password and disable-2fa go straight to the database of this machine (DATABASE_URL, or MC_DATA_DIR), the others, and those with --through-server, through the server",
    );
  registerPeople(users);

  eitherWay(users.command("create"))
    .description("make a user with a password; without one the person is invited by a link")
    .argument("<email>")
    .option("--name <name>", "name as others see it")
    .addOption(new Option("--role <role>").choices(roles).default("viewer"))
    .option("--password <password>", "or MC_NEW_PASSWORD, which others on the machine can't read")
    .option("--make-password", "make a password up and print it, for who has to come in now")
    .option("--ask-password", "ask for the password, which nobody else on the machine can read then")
    .option("--json", "print JSON for programs")
    .action(create);

  eitherWay(users.command("import"))
    .description("people of another program with their bcrypt hashes, from a JSON list or a CSV file")
    .argument("<file>", "with email, role and passwordHash, and username and name if there are any")
    .option("--json", "print JSON for programs")
    .action((file: string, given: Given & MaybeThroughServer) => {
      const people = readUsersFile(file);
      return isThroughServer(given)
        ? importThroughServer(given, people)
        : runRescue({ verb: "users.import", users: people, json: given.json ?? false });
    });

  eitherWay(users.command("unlock"))
    .description("let in again whoever is locked out after too many wrong passwords")
    .argument("<email>")
    .option("--json", "print JSON for programs")
    .action((email: string, given: Given & MaybeThroughServer) =>
      isThroughServer(given)
        ? unlockThroughServer(given, email)
        : runRescue({ verb: "users.unlock", email, json: given.json ?? false }),
    );

  users
    .command("reset-password")
    .description("a new password for a user; every session of the user ends")
    .argument("<email>")
    .addOption(new Option("--password <password>").env("MC_NEW_PASSWORD"))
    .option("--json", "print JSON for programs")
    .action((email: string, { password, json }: Given) =>
      runRescue({
        verb: "users.reset-password",
        email,
        json: json ?? false,
        ...(password === undefined ? {} : { password }),
      }),
    );

  users
    .command("disable-2fa")
    .description("switch off the second factor of a user who lost it; every session of the user ends")
    .argument("<email>")
    .option("--json", "print JSON for programs")
    .action((email: string, { json }: Pick<Given, "json">) =>
      runRescue({ verb: "users.disable-2fa", email, json: json ?? false }),
    );
}

/** The password comes from MC_NEW_PASSWORD: MC_PASSWORD is that of whoever signs in with mc. */
async function create(
  email: string,
  { name: called, role, makePassword = false, ...given }: Made,
): Promise<void> {
  const { password: known, askPassword = false, json = false } = given;
  const name = called ?? email.split("@")[0] ?? email;
  const otherwise = "Without a terminal, set MC_NEW_PASSWORD.";
  const password = askPassword
    ? await typed(`Password of ${email}: `, false, otherwise)
    : (known ?? (makePassword ? undefined : process.env.MC_NEW_PASSWORD));
  const wish = { email, name, role, ...(password === undefined ? {} : { password }) };
  if (!isThroughServer(given)) return runRescue({ verb: "users.create", ...wish, json, makePassword });
  if (!makePassword) return createThroughServer(given, wish);
  throw new Failure(
    "The server makes no password up: give MC_NEW_PASSWORD or --ask-password.",
    exitCodes.usage,
  );
}
