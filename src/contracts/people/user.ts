import { z } from "zod";
import { pageQuerySchema } from "@/contracts/kernel/page";
import { cleanText, lineSchema } from "@/contracts/kernel/text";
import { permissionSchema, permissions, roleSchema } from "@/contracts/people/role";

/** E-mail address as people type it; compared in lower case. */
export const emailSchema = z.string().trim().max(254).pipe(z.email("must be an e-mail address"));
export const userNameSchema = lineSchema(80);

/** A short name to sign in with instead of the address; compared in lower case. Without `@`, so it is never taken for one. */
export const usernameSchema = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/,
    "must have 2 to 40 letters, digits, dots, hyphens or underscores, and begin with a letter or digit",
  );

/** Password as typed. The policy (KO-4) is judged by `domain/people/passwords`; this only bounds the work of hashing. */
export const passwordSchema = z
  .string()
  .min(1, "must not be empty")
  .max(256, "must be at most 256 characters");

/** A user as every reader sees one: nothing secret. */
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  /** Signs in as well as the address does; null: only the address does. */
  username: z.string().nullable(),
  name: z.string(),
  role: roleSchema,
  disabledAt: z.string().nullable(),
  /** Until when the account is locked after too many wrong passwords; null or in the past: it is not. */
  lockedUntil: z.string().nullable(),
  createdAt: z.string(),
  lastLoginAt: z.string().nullable(),
});
export type User = z.infer<typeof userSchema>;

/** A user as those who manage people see one: with what protects the account, and whether it can be missed. */
export const personSchema = userSchema.extend({
  /** false: comes by single sign-on or a passkey only. */
  hasPassword: z.boolean(),
  factors: z.object({ app: z.boolean(), passkeys: z.number().int() }),
  openSessions: z.number().int(),
  /** The only admin who can sign in: neither demoted, disabled nor deleted until there is another. */
  lastAdmin: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

/** `GET /v1/users`: `q` is a part of the name or of the e-mail address. */
export const findUsersSchema = pageQuerySchema.extend({
  q: z.string().trim().max(100, "must be at most 100 characters").transform(cleanText).optional(),
});
export type FindUsers = z.infer<typeof findUsersSchema>;

/** `POST /v1/users` with a password: somebody who can sign in at once. */
export const createUserSchema = z.object({
  email: emailSchema,
  username: usernameSchema.optional(),
  name: userNameSchema,
  role: roleSchema,
  password: passwordSchema,
});
export type CreateUser = z.infer<typeof createUserSchema>;

/** `PATCH /v1/users/{id}`: absent fields stay. */
export const changeUserSchema = z.object({
  id: z.string(),
  name: userNameSchema.optional(),
  /** null takes it away. */
  username: usernameSchema.nullable().optional(),
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
  /** Takes away the lock of too many wrong passwords. */
  unlock: z.literal(true).optional(),
});

/** `POST /v1/users/{id}/password`: an admin's word for somebody else. */
export const setPasswordSchema = z.object({ id: z.string().max(64), password: passwordSchema });

/** `POST /v1/auth/login`. `identifier` is the username or the e-mail address. */
export const loginSchema = z.object({
  identifier: z.string().trim().min(1, "must not be empty").max(254),
  password: passwordSchema,
});

/** `GET /v1/auth/status`: what the sign-in page must show, and who is asking. */
export const authStatusSchema = z.object({
  setupNeeded: z.boolean(),
  /** Until when this browser holds the setup session; null: it has to enter the setup code first. */
  setupUntil: z.string().nullable(),
  user: userSchema.nullable(),
  permissions: z.array(z.string()),
  /** The role demands a second factor and the person has none: only the page to set one up is open. */
  mustEnrol: z.boolean(),
  /** What single sign-on there is beside the local accounts; null: none. */
  sso: z.enum(["microsoft", "oidc"]).nullable(),
});
export type AuthStatus = z.infer<typeof authStatusSchema>;

/** How a person may come in. */
export const waysIn = [
  "password",
  "second-factor",
  "passkey",
  "sso",
  "recovery-code",
  "setup",
  "invitation",
] as const;
export type WayIn = (typeof waysIn)[number];

/** A session in "your sessions". `id` is the hash that the database holds, useless as a cookie. */
export const sessionSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  /** How the person proved who they are. */
  cameBy: z.enum(waysIn),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  current: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

/** What a credential is made for: a part of what its role may do. */
export const scopesSchema = z
  .array(permissionSchema)
  .min(1, "must name at least one; leave it out for everything that the role may do")
  .max(permissions.length);

/** An API token (`mct_…`) without its secret; `role` bounds what it may do. */
export const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  role: roleSchema,
  /** Name of the person whose token it is; null: the system's, or of a person who was deleted. */
  madeBy: z.string().nullable(),
  /** null: everything that the role may do. */
  scopes: z.array(permissionSchema).nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;
export const createApiTokenSchema = z.object({
  name: lineSchema(80),
  role: roleSchema,
  scopes: scopesSchema.optional(),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
});
