import { z } from "zod";
import { usernameSchema } from "@/contracts/people/user";

/** A username as a form holds it: "" is none. The words are those of the contract. */
export const typedUsernameSchema = z
  .string()
  .trim()
  .superRefine((typed, ctx) => {
    if (typed === "") return;
    for (const { message } of usernameSchema.safeParse(typed).error?.issues ?? []) ctx.addIssue(message);
  });
