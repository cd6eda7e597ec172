import { type Command, Option } from "commander";
import { type Role, roles } from "@/contracts/people/role";
import { runRescue } from "../connection/rescue";
import { registerPeople } from "./people";
import { readUsersFile } from "./read-users-file";

type Given = { password?: string; json?: boolean };
type Made = Given & { name?: string; role: Role; makePassword?: boolean };

/** `mc users …`, the rescue path: on the server's machine, straight to the database. */
export function registerUsers(program: Command): void {
  const users = program
    .command("users")
    .description(
      "people: create, import, unlock, reset-password and disable-2fa go straight to the database of this machine (DATABASE_URL, or MC_DATA_DIR), the others through the server",
    );
  registerPeople(users);

  users
    .command("create")
    .description("make a user with a password; without one the person is invited by a link")
    .argument("<email>")
    .option("--name <name>", "name as others see it")
    .addOption(new Option("--role <role>").choices(roles).default("viewer"))
    .addOption(new Option("--password <password>").env("MC_PASSWORD"))
    .option("--make-password", "make a password up and print it, for who has to come in now")
    .option("--json", "print JSON for programs")
    .action((email: string, { name, role, password, makePassword, json }: Made) =>
      runRescue({
        verb: "users.create",
        email,
        name: name ?? email.split("@")[0] ?? email,
        role,
        json: json ?? false,
        makePassword: makePassword ?? false,
        ...(password === undefined ? {} : { password }),
      }),
    );

  users
    .command("import")
    .description("people of another program with their bcrypt hashes, from a JSON list or a CSV file")
    .argument("<file>", "with email, role and passwordHash, and username and name if there are any")
    .option("--json", "print JSON for programs")
    .action((file: string, { json }: Given) =>
      runRescue({ verb: "users.import", users: readUsersFile(file), json: json ?? false }),
    );

  users
    .command("unlock")
    .description("let in again whoever is locked out after too many wrong passwords")
    .argument("<email>")
    .option("--json", "print JSON for programs")
    .action((email: string, { json }: Given) =>
      runRescue({ verb: "users.unlock", email, json: json ?? false }),
    );

  users
    .command("reset-password")
    .description("a new password for a user; every session of the user ends")
    .argument("<email>")
    .addOption(new Option("--password <password>").env("MC_PASSWORD"))
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
