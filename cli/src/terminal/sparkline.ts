const blocks = [...'▁▂▃▄▅▆▇█'];

/** A series in one line, a character for each value: `·` where there is none, the lowest block for the least and the highest for the most. */
export function sparkline(values: readonly (number | null)[]): string {
  const numbers = values.filter((each) => each !== null);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return values
    .map((each) => {
      if (each === null) return '·';
      const share = most === least ? 0 : (each - least) / (most - least);
      return blocks[Math.round(share * (blocks.length - 1))]!;
    })
    .join('');
}
