import { type Permission, permissionSchema, permissions } from "@/contracts/people/role";
import { exitCodes } from "@/contracts/trust/rescue";
import { Failure } from "../connection/fail";

const minutesOf: Record<string, number> = { m: 1, h: 60, d: 1_440 };

/** "30m", "12h", "7d" or "0" in minutes. */
export function overlap(text: string): number {
  const [, count, unit = "m"] = /^(\d+)([mhd])?$/.exec(text) ?? [];
  if (count === undefined) throw new Failure("Give an overlap such as 30m, 12h, 7d or 0.", exitCodes.usage);
  return Number(count) * (minutesOf[unit] ?? 1);
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
