/**
 * What a schema or the server says of a field, as a sentence under it: "must not be empty" reads "Must not be empty.",
 * "is in use" reads "This is in use.".
 */
export function sentence(words: string): string {
  const trimmed = words.trim().replace(/^(?=(is|has|repeats)\b)/, "This ");
  const start = trimmed.charAt(0).toLocaleUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** The same for an error of a form that may not be there. */
export function errorSentence(error: { message?: string } | undefined): string | undefined {
  return error?.message ? sentence(error.message) : undefined;
}
