import { text } from "drizzle-orm/pg-core";
import { accounts } from "./accounts";
import { moment } from "./moment";

export { moment };

/** Every row that belongs to a tenant carries its account, from the first migration on. */
export const accountId = () =>
  text("account_id")
    .notNull()
    .references(() => accounts.id);

/** The same for the log tables, where a foreign key would be asked again for every one of millions of rows. */
export const loggedAccountId = () => text("account_id").notNull();
