/** Secrets: what is sealed, and sealing it anew after the secret has changed. */
export { type RenewedColumn, renewSealed } from "./renew-sealed";
export { rotationReport } from "./rotation-report";
