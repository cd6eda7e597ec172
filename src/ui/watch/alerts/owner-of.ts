import { refusalOf } from "../../api/refusal";

/** Who has the alert, by the refusal of an acknowledgement that came second; null for any other failure. */
export function ownerOf(error: unknown): string | null {
  const { code, details } = refusalOf(error);
  if (code !== "conflict" || typeof details !== "object" || details === null) return null;
  return "acknowledgedBy" in details && typeof details.acknowledgedBy === "string"
    ? details.acknowledgedBy
    : null;
}
