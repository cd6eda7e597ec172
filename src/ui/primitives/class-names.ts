import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      "font-size": [{ text: ["2xs", "wall"] }],
      "font-weight": [{ font: ["strong"] }],
      shadow: [{ shadow: ["pop", "dialog"] }],
    },
  },
});

/** Joins class names; of two that set the same thing, the later one wins, so a caller can override a part. */
export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
