/** Where things are on the screen, in CSS pixels. One layout serves a phone held upright and a wide screen. */
export interface View {
  readonly width: number;
  readonly height: number;
  /** Width of a column. */
  readonly column: number;
  /** Height of a terrace, from one bank to the next. */
  readonly step: number;
  /** Where the highest terrace that is played on begins. */
  readonly top: number;
  /** Where the hare runs. */
  readonly hare: number;
  /** Less movement, for those who asked their system for it. */
  readonly calm: boolean;
}

export function layOut(width: number, height: number, calm: boolean): View {
  const upright = height > width;
  const column = Math.min(width / 8, height / 4.4, 118);
  const step = Math.min(height * 0.172, column * (upright ? 1.85 : 1.7));
  const bottom = height * (upright ? 0.76 : 0.95);
  return { width, height, column, step, top: bottom - step * 3, hare: column * (upright ? 1.3 : 2.2), calm };
}

/** How far a bank swings from straight, at a place along the hill. */
export function bank(view: View, terrace: number, along: number): number {
  const scale = view.step * 0.035;
  return scale * (Math.sin(along * 0.55 + terrace * 1.9) + 0.55 * Math.sin(along * 1.37 + terrace * 4.3));
}

/** The height at which feet stand on a terrace; `along` in columns, `terrace` may lie between two. */
export function ground(view: View, terrace: number, along: number): number {
  const low = Math.floor(terrace);
  const part = terrace - low;
  const swing = bank(view, low, along) * (1 - part) + bank(view, low + 1, along) * part;
  return view.top + view.step * (terrace + 0.72) + swing;
}

/** The screen's x of a place on the hill, both in columns. */
export function across(view: View, travelled: number, along: number): number {
  return view.hare + (along - travelled) * view.column;
}
