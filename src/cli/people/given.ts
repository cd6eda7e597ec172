import { type Permission, permissionSchema, permissions } from "@/contracts/people/role";
import { exitCodes } from "@/contracts/trust/rescue";
import { durationOf } from "../connection/duration";
import { Failure } from "../connection/fail";

/** "30m", "12h", "7d" or "0" in minutes. */
export function overlap(text: string): number {
  const minutes = (durationOf(/^\d+$/.test(text) ? `${text}m` : text) ?? Number.NaN) / 60_000;
  if (Number.isInteger(minutes)) return minutes;
  throw new Failure("Give an overlap such as 30m, 12h, 7d or 0.", exitCodes.usage);
}

/** Permissions separated by commas; names the first word that is none. */
export function scopes(text: string): Permission[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean)
    .map((word) => {
      const known = permissionSchema.safeParse(word);
      if (known.success) return known.data;
      throw new Failure(
        `There is no permission ${word}. There are: ${permissions.join(", ")}.`,
        exitCodes.usage,
      );
    });
}
