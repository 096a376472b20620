import { type Cell, firefly, pearl, scarecrow } from '../../rules/field.ts';
import { scatter } from './sky.ts';
import { across, ground, type View } from './view.ts';

/** What stands or hovers on one cell, and where it is on the screen. */
export interface Thing {
  readonly kind: Cell;
  readonly x: number;
  /** Ground for a scarecrow, middle for what hovers. */
  readonly y: number;
  readonly burned: boolean;
  readonly seed: number;
}

export function thingAt(
  view: View,
  travelled: number,
  time: number,
  cell: { readonly kind: Cell; readonly column: number; readonly terrace: number; readonly burned: boolean },
): Thing {
  const { kind, column, terrace, burned } = cell;
  const seed = column * 5 + terrace * 37;
  const x = across(view, travelled, column);
  const y = ground(view, terrace, column);
  if (kind === scarecrow) return { kind, x, y, burned, seed };
  const hover = view.step * (0.3 + 0.05 * Math.sin(time * 3 + seed));
  const sway = kind === firefly ? view.column * 0.05 * Math.sin(time * 2.3 + seed * 1.7) : 0;
  return { kind, x: x + sway, y: y - hover, burned, seed };
}

export function drawThing(canvas: CanvasRenderingContext2D, view: View, thing: Thing, time: number): void {
  if (thing.kind === scarecrow) drawScarecrow(canvas, view, thing, time);
  else if (thing.kind === firefly) drawFirefly(canvas, view, thing, time);
  else if (thing.kind === pearl) drawPearl(canvas, view, thing);
}

function drawScarecrow(canvas: CanvasRenderingContext2D, view: View, thing: Thing, time: number): void {
  const unit = view.step / 100;
  const coats = ['#7d3b4f', '#3f4f86', '#5f5a3a', '#5a3f78'];
  canvas.save();
  canvas.translate(thing.x, thing.y);
  canvas.scale(unit, unit);
  canvas.rotate(0.05 * Math.sin(time * 1.4 + thing.seed));
  canvas.globalAlpha = thing.burned ? 0.25 : 1;
  canvas.strokeStyle = '#5a4330';
  canvas.lineWidth = 5;
  canvas.lineCap = 'round';
  canvas.beginPath();
  canvas.moveTo(0, 2);
  canvas.lineTo(0, -62);
  canvas.moveTo(-27, -42);
  canvas.lineTo(27, -44);
  canvas.stroke();
  canvas.fillStyle = coats[Math.floor(scatter(thing.seed) * coats.length)] as string;
  canvas.beginPath();
  for (const [x, y] of coat) canvas.lineTo(x, y);
  canvas.fill();
  canvas.strokeStyle = '#d9b36a';
  canvas.lineWidth = 2;
  canvas.beginPath();
  for (const [x, lean] of [
    [-27, -5],
    [-27, 1],
    [27, 5],
    [27, -1],
    [-4, -3],
    [4, 3],
  ] as const) {
    const y = Math.abs(x) > 10 ? -42 : -12;
    canvas.moveTo(x, y);
    canvas.lineTo(x + lean, y + 9);
  }
  canvas.stroke();
  drawHead(canvas, thing.burned);
  canvas.restore();
}

const coat: readonly (readonly [number, number])[] = [
  ...([
    [-26, -47],
    [26, -48],
    [25, -35],
    [12, -36],
    [14, -12],
    [8, -17],
    [3, -9],
    [-3, -16],
  ] as const),
  ...([
    [-8, -9],
    [-14, -14],
    [-12, -36],
    [-25, -34],
  ] as const),
];

function drawHead(canvas: CanvasRenderingContext2D, burned: boolean): void {
  canvas.fillStyle = '#e6cf9c';
  canvas.beginPath();
  canvas.arc(0, -58, 11, 0, Math.PI * 2);
  canvas.fill();
  canvas.fillStyle = '#c89a4a';
  canvas.beginPath();
  canvas.ellipse(0, -65, 20, 5, -0.05, 0, Math.PI * 2);
  canvas.fill();
  canvas.beginPath();
  canvas.moveTo(-11, -66);
  canvas.quadraticCurveTo(0, -92, 11, -66);
  canvas.fill();
  canvas.fillStyle = burned ? '#4a3a2a' : '#2a1420';
  canvas.beginPath();
  canvas.arc(-4, -58, 2.4, 0, Math.PI * 2);
  canvas.arc(4, -58, 2.4, 0, Math.PI * 2);
  canvas.fill();
}

function drawFirefly(canvas: CanvasRenderingContext2D, view: View, thing: Thing, time: number): void {
  const size = view.step * 0.034;
  const beat = Math.abs(Math.sin(time * 20 + thing.seed));
  canvas.fillStyle = 'rgba(225,255,240,0.32)';
  canvas.beginPath();
  for (const side of [-1, 1]) {
    const x = thing.x + side * size * 1.1;
    canvas.moveTo(x, thing.y);
    canvas.ellipse(x, thing.y - size * 0.9, size * 1.2, size * (0.25 + beat * 0.35), side * 0.5, 0, Math.PI * 2);
  }
  canvas.fill();
  canvas.fillStyle = '#4a4630';
  canvas.beginPath();
  canvas.arc(thing.x, thing.y - size * 1.1, size * 0.6, 0, Math.PI * 2);
  canvas.fill();
  canvas.fillStyle = '#f6ff9e';
  canvas.beginPath();
  canvas.ellipse(thing.x, thing.y + size * 0.3, size * 0.8, size * 1.3, 0, 0, Math.PI * 2);
  canvas.fill();
}

function drawPearl(canvas: CanvasRenderingContext2D, view: View, thing: Thing): void {
  const radius = view.step * 0.12;
  const gradient = canvas.createRadialGradient(
    thing.x - radius * 0.35,
    thing.y - radius * 0.4,
    radius * 0.1,
    thing.x,
    thing.y,
    radius,
  );
  gradient.addColorStop(0, '#ffffff');
  gradient.addColorStop(0.6, '#dff2ff');
  gradient.addColorStop(1, '#9fc4f0');
  canvas.fillStyle = gradient;
  canvas.beginPath();
  canvas.arc(thing.x, thing.y, radius, 0, Math.PI * 2);
  canvas.fill();
}
