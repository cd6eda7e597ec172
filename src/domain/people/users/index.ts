/** Users: people who can sign in, their roles, and the rule that one admin always stays. */
export { changeOwnPassword, resetPassword } from "./change-password";
export { changeUser, type UserChange } from "./change-user";
export { createUser } from "./create-user";
export { deleteUser } from "./delete-user";
export { findUser, findUsers } from "./find-users";
export { importUsers } from "./import-users";
export { insertUser, newPasswordHash } from "./insert-user";
export { rehashPassword } from "./rehash-password";
export { setPassword } from "./set-password";
export { unlockUser } from "./unlock-user";
export { type UserRow, userByEmail, userByIdentifier, userOf, userRow, userTarget } from "./user-of";
