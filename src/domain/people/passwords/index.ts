/** Passwords: the policy, and nothing about who has them. */
export { demandGoodPassword } from "./demand-good-password";
export { type PasswordFault, type PasswordRule, type PersonNames, passwordFaults } from "./policy";
