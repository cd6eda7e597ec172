import type { RenewedColumn } from "./renew-sealed";

/** What a rotation did, a line for each column, and what to do now. */
export function rotationReport(columns: RenewedColumn[]): string {
  const lines = columns.map(
    ({ column, renewed, current, unreadable }) =>
      `${column}: ${renewed} sealed anew, ${current} already${unreadable ? `, ${unreadable} open with no secret` : ""}`,
  );
  const lost = columns.reduce((sum, { unreadable }) => sum + unreadable, 0);
  const next = lost
    ? `${lost} texts open with no secret that is set here, and were left as they are. Put the secret that sealed them ` +
      "into MC_SECRET_PREVIOUS and run this again; keep the previous secrets until then."
    : "Everything is sealed with the secret of today. Take MC_SECRET_PREVIOUS (or the file secret.previous) away and " +
      "restart; who signed in before the rotation and was not here since signs in again.";
  return [...lines, "", next].join("\n");
}
