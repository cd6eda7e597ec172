/** Several lists that are in the order of their times, as one. Of equal moments the earlier list's goes first. */
export function* mergeTimes<Item>(
  timeMs: (item: Item) => number,
  ...lists: Iterable<Item>[]
): Generator<Item> {
  const heads = lists.map((list) => {
    const items = list[Symbol.iterator]();
    return { items, next: items.next() };
  });
  for (;;) {
    let first: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      if (!first || first.next.done || timeMs(head.next.value) < timeMs(first.next.value)) first = head;
    }
    if (!first || first.next.done) return;
    yield first.next.value;
    first.next = first.items.next();
  }
}
