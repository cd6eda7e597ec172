/** Waits for a condition instead of for a time: polls until `probe` answers something true, else says what it saw. */
export async function eventually<Value>(
  probe: () => Value | Promise<Value>,
  { timeoutMs = 30_000, everyMs = 10 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<NonNullable<Value>> {
  const limit = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > limit) {
      throw new Error(`The condition did not come true within ${timeoutMs} ms. Last seen: ${String(last)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
