/** Mail: letters in text and HTML, and the one way in which the installation sends them. */
export type { MailFailure } from "./failure";
export { type Letter, letter, type Mail } from "./mail";
export { createMailer, type MailEnd, type Mailer, type MailerOptions } from "./mailer";
