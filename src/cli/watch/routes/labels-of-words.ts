import { exitCodes } from "@/contracts/trust/rescue";
import { labelNameSchema } from "@/contracts/watch/matcher";
import { Failure } from "../../connection/fail";

/** `severity=critical tag=prod,eu`: labels as one types them. Only `tag` has several values. */
export function labelsOfWords(words: readonly string[]): Record<string, string | string[]> {
  const labels: Record<string, string | string[]> = {};
  for (const word of words) {
    const [, name, value = ""] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
    if (!labelNameSchema.safeParse(name).success || name === undefined) {
      throw new Failure(
        `${word} is no label. Give a name and a value, such as severity=critical.`,
        exitCodes.usage,
      );
    }
    labels[name] = name === "tag" ? value.split(",").filter((tag) => tag !== "") : value;
  }
  return labels;
}
