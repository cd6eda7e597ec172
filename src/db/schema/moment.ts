import { timestamp } from "drizzle-orm/pg-core";

/** Moment with millisecond truth, read as a `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });
