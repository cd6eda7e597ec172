/** Answers the orders that the benchmark sends to a load program; one function an order. */
export function serveParent(orders: Record<string, (order: never) => unknown>): void {
  process.on("message", async (message: { id: number; order: string; with: never }) => {
    try {
      const answer = await orders[message.order]?.(message.with);
      process.send?.({ id: message.id, answer: answer ?? null });
    } catch (error) {
      process.send?.({ id: message.id, failed: error instanceof Error ? error.stack : String(error) });
    }
  });
  process.on("disconnect", () => process.exit(0));
}
