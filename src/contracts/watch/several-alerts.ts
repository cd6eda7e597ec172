import { z } from "zod";
import { errorCodes } from "@/contracts/kernel/error-codes";
import { acknowledgeAlertSchema, alertSchema, assignAlertSchema, snoozeAlertSchema } from "./alert";

/** Most alerts that one call acts on. */
export const mostAlertsAtOnce = 200;

const idsSchema = z.object({
  ids: z.array(z.string().max(64)).min(1, "name at least one alert").max(mostAlertsAtOnce),
});

/** `POST /v1/alerts/acknowledge` and its sisters: the act of one alert, for each of `ids`. */
export const acknowledgeAlertsSchema = acknowledgeAlertSchema.omit({ id: true }).extend(idsSchema.shape);
export const unacknowledgeAlertsSchema = idsSchema;
export const assignAlertsSchema = assignAlertSchema.omit({ id: true }).extend(idsSchema.shape);
export const snoozeAlertsSchema = snoozeAlertSchema.omit({ id: true }).extend(idsSchema.shape);

/** What became of each, in the order of `ids`: the alert as it is now, or why it was refused. One may fail alone. */
export const alertOutcomesSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      alert: alertSchema.nullable(),
      error: z.object({ code: z.enum(errorCodes), message: z.string() }).nullable(),
    }),
  ),
});
export type AlertOutcome = z.infer<typeof alertOutcomesSchema>["items"][number];
