import { z } from "zod";
import { createInvitationSchema } from "@/contracts/people/invitation";
import { createUserSchema } from "@/contracts/people/user";
import { typedUsernameSchema } from "./typed-username";

const { email, role } = createInvitationSchema.shape;
const { name, password } = createUserSchema.shape;
const untouched = z.string();

/** The form that adds a person, in either way: what belongs to the other way stays typed and is not judged. */
export const addUserFormSchema = z.discriminatedUnion("way", [
  z.object({
    way: z.literal("invite"),
    email,
    role,
    days: z.string(),
    name: untouched,
    username: untouched,
    password: untouched,
  }),
  z.object({
    way: z.literal("password"),
    email,
    role,
    days: untouched,
    name,
    username: typedUsernameSchema,
    password,
  }),
]);
export type AddUserTyped = z.input<typeof addUserFormSchema>;
