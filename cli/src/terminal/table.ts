/**
 * Rows in columns, for a terminal. A column whose name starts with `>` is set to the right. Korean letters
 * take two cells.
 */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const heads = columns.map((column) => column.replace(/^>/, ''));
  const all = heads.some((head) => head !== '') ? [heads, ...rows] : rows;
  const widths = heads.map((_, index) => Math.max(...all.map((row) => cells(row[index] ?? ''))));
  return all.map((row) =>
    heads
      .map((_, index) => {
        const text = row[index] ?? '';
        const space = ' '.repeat(widths[index]! - cells(text));
        return columns[index]!.startsWith('>') ? space + text : text + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** How many cells of a terminal a text takes. */
export function cells(text: string): number {
  return [...text].reduce(
    (sum, letter) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(letter) ? 2 : 1),
    0,
  );
}
