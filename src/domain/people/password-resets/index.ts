/** A forgotten password: a link by mail that sets a new one, once. */
export { askPasswordReset, type Post } from "./ask-password-reset";
export { resetPasswordByLink } from "./reset-by-link";
