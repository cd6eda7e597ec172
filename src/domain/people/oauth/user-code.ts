import type { Ids } from "@/platform/ids";

/** Twenty letters: without vowels no words come out, and none looks like another or like a digit (RFC 8628, 6.1). */
const letters = "BCDFGHJKLMNPQRSTVWXZ";
const length = 8;

/** Eight letters, each as likely as any other: 2.56 · 10¹⁰ codes. */
export function makeUserCode(ids: Pick<Ids, "bytes">): string {
  const fair = 256 - (256 % letters.length);
  let code = "";
  while (code.length < length) {
    for (const byte of ids.bytes(length)) {
      if (byte < fair && code.length < length) code += letters.charAt(byte % letters.length);
    }
  }
  return code;
}

export const shownCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`;
