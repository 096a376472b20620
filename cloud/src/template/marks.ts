import type { Json } from '../json.ts';
import type { Place } from '../mistake.ts';

/**
 * Where everything in a template stands, kept beside its plain value: one mark for each object and list. What is derived from
 * a piece of the template (`Fn::ForEach`) takes over its mark.
 */
interface Mark {
  readonly source: SourceText;
  /** Offset of the object's or list's first character. */
  readonly at: number;
  /** Of an object its keys as written, of a list nothing. */
  readonly keys: readonly string[];
  /** Offset of each key of an object, of each element of a list. */
  readonly offsets: readonly number[];
}

/** One file's text, with what it takes to say a line and a column. */
export interface SourceText {
  /** As messages name it. */
  readonly file: string;
  readonly text: string;
  /** Offset of the first character of every line; filled when first asked for. */
  lineStarts?: readonly number[];
}

const marks = new WeakMap<object, Mark>();

export function setMark(value: object, mark: Mark): void {
  marks.set(value, mark);
}

/** Gives `copy` the position of what it was made from. */
export function inheritMark(copy: object, origin: object): void {
  const mark = marks.get(origin);
  if (mark) marks.set(copy, mark);
}

/** Where a key or an element of `container` stands, or the container itself if it has none of that name. */
export function placeOf(container: Json | undefined, key?: string | number): Place | undefined {
  const mark = typeof container === 'object' && container !== null ? marks.get(container) : undefined;
  if (!mark) return undefined;
  const index = typeof key === 'number' ? key : key === undefined ? -1 : mark.keys.indexOf(key);
  return placeAt(mark.source, mark.offsets[index] ?? mark.at);
}

/** The place of an offset, line and column counted from 1. */
export function placeAt(source: SourceText, offset: number): Place {
  source.lineStarts ??= findLineStarts(source.text);
  const starts = source.lineStarts;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file: source.file, line: low + 1, column: offset - (starts[low] as number) + 1 };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
