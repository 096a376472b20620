/** Maps with at most `width` at a time, in order of the input. */
export async function mapConcurrently<T, U>(
  items: readonly T[],
  width: number,
  each: (item: T) => Promise<U>,
): Promise<U[]> {
  const results: U[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await each(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
