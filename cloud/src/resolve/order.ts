/** An order in which everything stands behind what it needs, as near to the given order as that allows, and the circles that prevent it. */
interface Ordered<T> {
  readonly order: readonly T[];
  /** Circles, as the names on the way round: none that begins within another, so that there are few. */
  readonly circles: readonly (readonly T[])[];
}

export function orderByNeed<T>(items: readonly T[], needs: (item: T) => Iterable<T>): Ordered<T> {
  const order: T[] = [];
  const circles: T[][] = [];
  const inCircle = new Set<T>();
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
        if (inCircle.has(next.value)) continue;
        const from = path.findIndex((each) => each.item === next.value);
        const circle = path.slice(from).map((each) => each.item);
        for (const each of circle) inCircle.add(each);
        circles.push(circle);
      } else if (!state.has(next.value)) {
        state.set(next.value, 'open');
        path.push({ item: next.value, rest: needs(next.value)[Symbol.iterator]() });
      }
    }
  }
  return { order, circles };
}
