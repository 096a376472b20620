import { mix, type Palette } from './palette.ts';
import { moonAt, scatter } from './sky.ts';
import { across, bank, type View } from './view.ts';

/** The stepped rice fields: water, a grass bank that one can run on, and the wall down to the next water. */
export function drawHillside(
  canvas: CanvasRenderingContext2D,
  view: View,
  palette: Palette,
  travelled: number,
  progress: number,
  time: number,
): void {
  const first = -1;
  const last = 2 + Math.ceil((view.height - view.top - 3 * view.step) / view.step);
  for (let terrace = first; terrace <= last; terrace++) {
    const played = terrace >= 0 && terrace <= 2;
    const depth = played ? 0 : terrace < 0 ? 0.25 : 0.45;
    drawWater(canvas, view, palette, terrace, travelled, depth);
    drawReflections(canvas, view, terrace, travelled, progress, time, palette);
    drawRice(canvas, view, palette, terrace, travelled, time, depth);
    drawBank(canvas, view, palette, terrace, travelled, depth);
  }
}

function outline(
  canvas: CanvasRenderingContext2D,
  view: View,
  terrace: number,
  travelled: number,
  offset: number,
): void {
  const y = view.top + view.step * (terrace + offset);
  canvas.beginPath();
  for (let x = -12; x <= view.width + 24; x += 12) {
    const along = travelled + (x - view.hare) / view.column;
    canvas.lineTo(x, y + bank(view, terrace, along));
  }
}

function fillBelow(canvas: CanvasRenderingContext2D, view: View, y: number): void {
  canvas.lineTo(view.width + 24, y);
  canvas.lineTo(-12, y);
  canvas.fill();
}

function drawWater(
  canvas: CanvasRenderingContext2D,
  view: View,
  palette: Palette,
  terrace: number,
  travelled: number,
  depth: number,
): void {
  const top = view.top + view.step * terrace;
  const gradient = canvas.createLinearGradient(0, top, 0, top + view.step * 0.75);
  gradient.addColorStop(0, mix(palette.water, palette.wall, 0.45 + depth));
  gradient.addColorStop(0.35, mix(palette.water, palette.wall, depth));
  gradient.addColorStop(1, mix(palette.waterEdge, palette.wall, depth));
  canvas.fillStyle = gradient;
  outline(canvas, view, terrace - 1, travelled, 1.08);
  fillBelow(canvas, view, top + view.step * 1.2);
}

function drawReflections(
  canvas: CanvasRenderingContext2D,
  view: View,
  terrace: number,
  travelled: number,
  progress: number,
  time: number,
  palette: Palette,
): void {
  const y = view.top + view.step * terrace;
  canvas.strokeStyle = '#fff3d2';
  canvas.lineWidth = Math.max(1, view.step * 0.012);
  canvas.lineCap = 'round';
  canvas.beginPath();
  const from = Math.floor(travelled - view.hare / view.column) - 1;
  for (let column = from; column < from + view.width / view.column + 3; column++) {
    const seed = column * 7 + terrace * 131;
    if (scatter(seed) > 0.6) continue;
    const x = across(view, travelled, column + scatter(seed + 1));
    const height = y + view.step * (0.22 + 0.38 * scatter(seed + 2));
    const length = view.column * (0.12 + 0.2 * Math.abs(Math.sin(time * 0.7 + seed)));
    canvas.moveTo(x - length, height);
    canvas.lineTo(x + length, height);
  }
  canvas.globalAlpha = 0.16;
  canvas.stroke();
  const moon = moonAt(view, progress);
  canvas.beginPath();
  for (let line = 0; line < 5; line++) {
    const width = moon.radius * (0.35 + 0.5 * Math.abs(Math.sin(time * 1.1 + line * 2.3 + terrace)));
    const height = y + view.step * (0.2 + line * 0.1);
    canvas.moveTo(moon.x - width, height);
    canvas.lineTo(moon.x + width, height);
  }
  canvas.globalAlpha = 0.3 * Math.max(palette.stars, 0.3);
  canvas.stroke();
  canvas.globalAlpha = 1;
}

/** Seedlings in rows, each three blades; nearer rows are taller. */
function drawRice(
  canvas: CanvasRenderingContext2D,
  view: View,
  palette: Palette,
  terrace: number,
  travelled: number,
  time: number,
  depth: number,
): void {
  canvas.strokeStyle = mix(palette.grass, palette.wall, 0.15 + depth * 0.6);
  canvas.lineWidth = Math.max(1, view.step * 0.014);
  canvas.beginPath();
  const spacing = 0.36;
  for (let row = 0; row < 3; row++) {
    const base = view.top + view.step * (terrace + 0.3 + row * 0.13);
    const tall = view.step * (0.06 + row * 0.02);
    const from = Math.floor((travelled - view.hare / view.column) / spacing) - 1;
    for (let at = from; at < from + view.width / view.column / spacing + 3; at++) {
      const x = across(view, travelled, (at + 0.5 * (row % 2) + 0.2 * scatter(at + row * 57)) * spacing);
      const lean = tall * 0.25 * Math.sin(time * 1.6 + at * 0.4 + row);
      for (const side of [-0.5, 0, 0.5]) {
        canvas.moveTo(x, base);
        canvas.lineTo(x + side * tall + lean, base - tall * (1 - Math.abs(side) * 0.4));
      }
    }
  }
  canvas.stroke();
}

function drawBank(
  canvas: CanvasRenderingContext2D,
  view: View,
  palette: Palette,
  terrace: number,
  travelled: number,
  depth: number,
): void {
  const y = view.top + view.step * (terrace + 0.68);
  const wall = mix(palette.wall, '#000000', depth * 0.5);
  canvas.fillStyle = wall;
  outline(canvas, view, terrace, travelled, 0.74);
  fillBelow(canvas, view, y + view.step * 0.5);
  drawStones(canvas, view, terrace, travelled, mix(wall, palette.waterEdge, 0.16));
  canvas.fillStyle = mix(palette.grass, palette.wall, depth);
  outline(canvas, view, terrace, travelled, 0.66);
  for (let x = view.width + 24; x >= -12; x -= 12) {
    const along = travelled + (x - view.hare) / view.column;
    const ragged = 0.08 + 0.025 * Math.sin(along * 9 + terrace) + 0.02 * Math.sin(along * 23);
    canvas.lineTo(x, y + view.step * ragged + bank(view, terrace, along));
  }
  canvas.fill();
  canvas.strokeStyle = mix(palette.grass, palette.horizon, 0.42 - depth * 0.5);
  canvas.lineWidth = Math.max(1, view.step * 0.018);
  outline(canvas, view, terrace, travelled, 0.66);
  canvas.stroke();
}

function drawStones(
  canvas: CanvasRenderingContext2D,
  view: View,
  terrace: number,
  travelled: number,
  colour: string,
): void {
  canvas.fillStyle = colour;
  canvas.beginPath();
  const from = Math.floor((travelled - view.hare / view.column) * 2) - 1;
  for (let at = from; at < from + (view.width / view.column) * 2 + 3; at++) {
    const seed = at * 3 + terrace * 71;
    const x = across(view, travelled, (at + scatter(seed)) / 2);
    const y = view.top + view.step * (terrace + 0.86 + 0.16 * scatter(seed + 1)) + bank(view, terrace, at / 2);
    const size = view.step * (0.025 + 0.03 * scatter(seed + 2));
    canvas.moveTo(x + size * 1.7, y);
    canvas.ellipse(x, y, size * 1.7, size, 0, 0, Math.PI * 2);
  }
  canvas.fill();
}
