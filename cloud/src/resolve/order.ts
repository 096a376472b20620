/** An order in which everything stands behind what it needs, as near to the given order as that allows, and the circles that prevent it. */
export interface Ordered<T> {
  readonly order: readonly T[];
  /** Each circle once, as the names on the way round. */
  readonly circles: readonly (readonly T[])[];
}

export function orderByNeed<T>(items: readonly T[], needs: (item: T) => Iterable<T>): Ordered<T> {
  const order: T[] = [];
  const circles: T[][] = [];
  const state = new Map<T, 'open' | 'done'>();
  for (const item of items) {
    if (state.has(item)) continue;
    const path: { item: T; rest: Iterator<T> }[] = [{ item, rest: needs(item)[Symbol.iterator]() }];
    state.set(item, 'open');
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const next = top.rest.next();
      if (next.done) {
        state.set(top.item, 'done');
        order.push(top.item);
        path.pop();
      } else if (state.get(next.value) === 'open') {
        const from = path.findIndex((each) => each.item === next.value);
        circles.push(path.slice(from).map((each) => each.item));
      } else if (!state.has(next.value)) {
        state.set(next.value, 'open');
        path.push({ item: next.value, rest: needs(next.value)[Symbol.iterator]() });
      }
    }
  }
  return { order, circles };
}
