import { type SQL, sql } from "drizzle-orm";
import { passkeys, settings, totpFactors, users } from "@/db/schema";

/** Key of the setting that names the roles which must have a second factor: a list of roles. */
export const policyKey = "secondFactorRequiredFor";

/** Of a query that reads `users`: whether the user's role demands a second factor and the user has none. */
export const lacksRequiredFactor: SQL<boolean> = sql<boolean>`(
  exists (select 1 from ${settings} where ${settings.accountId} = ${users.accountId}
    and ${settings.key} = ${policyKey} and jsonb_exists(${settings.value}, ${users.role}))
  and not exists (select 1 from ${totpFactors} where ${totpFactors.userId} = ${users.id}
    and ${totpFactors.confirmedAt} is not null)
  and not exists (select 1 from ${passkeys} where ${passkeys.userId} = ${users.id})
)`;
