import { invalid } from "@/domain/kernel";
import { type PersonNames, passwordFaults } from "./policy";

/** Refuses a password that breaks the policy, naming every rule that it breaks; `field` is where it was typed. */
export function demandGoodPassword(password: string, person: PersonNames, field = "password"): void {
  const faults = passwordFaults(password, person);
  if (faults.length === 0) return;
  throw invalid(`The password ${faults.map((fault) => fault.message).join("; it ")}.`, {
    fields: faults.map((fault) => ({ path: field, message: fault.message, rule: fault.rule })),
  });
}
