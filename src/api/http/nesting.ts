/** Deeper than anything that a schema of ours takes. */
const mostLevels = 64;

/**
 * Whether JSON in UTF-8 is nested deeper than any schema takes. Asked before it is parsed: what walks such a value
 * later, to compare or to hash it, would end the stack.
 */
export function isNestedTooDeep(json: Uint8Array): boolean {
  let level = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (inText) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      level += 1;
      if (level > mostLevels) return true;
    } else if (byte === 0x5d || byte === 0x7d) level -= 1;
  }
  return false;
}

export const nestedTooDeep = `The body is nested more than ${mostLevels} levels deep.`;
