import type { Palette } from './palette.ts';
import type { View } from './view.ts';

const stars = Array.from({ length: 90 }, (_, at) => ({
  x: scatter(at * 3 + 1),
  y: scatter(at * 3 + 2) ** 1.4,
  size: 0.6 + scatter(at * 3 + 3) * 1.3,
}));

/** A number from 0 to 1 that looks random and is always the same: for things that only the eye needs. */
export function scatter(at: number): number {
  const value = Math.sin(at * 127.1 + 311.7) * 43758.5453;
  return value - Math.floor(value);
}

/** Where the moon stands: it crosses the sky in a night. */
export function moonAt(view: View, progress: number): { x: number; y: number; radius: number } {
  const x = view.width * (0.18 + 0.7 * progress);
  const height = 4 * progress * (1 - progress);
  return { x, y: view.top * (0.42 - 0.24 * height), radius: Math.min(view.width, view.height) * 0.062 };
}

export function drawSky(
  canvas: CanvasRenderingContext2D,
  view: View,
  palette: Palette,
  progress: number,
  travelled: number,
  time: number,
): void {
  const gradient = canvas.createLinearGradient(0, 0, 0, view.top + view.step * 0.4);
  gradient.addColorStop(0, palette.zenith);
  gradient.addColorStop(0.55, palette.sky);
  gradient.addColorStop(1, palette.horizon);
  canvas.fillStyle = gradient;
  canvas.fillRect(0, 0, view.width, view.top + view.step);
  drawStars(canvas, view, palette.stars, time);
  drawMoon(canvas, view, progress, palette);
  drawRidge(canvas, view, palette.farRidge, travelled * 0.035, 0.6, 1);
  drawRidge(canvas, view, palette.nearRidge, travelled * 0.09, 0.3, 1.7);
}

function drawStars(canvas: CanvasRenderingContext2D, view: View, strength: number, time: number): void {
  canvas.fillStyle = '#fff6dc';
  for (const [at, star] of stars.entries()) {
    canvas.globalAlpha = strength * (0.45 + 0.4 * Math.sin(time * 1.3 + at * 2.1));
    canvas.fillRect(star.x * view.width, star.y * view.top, star.size, star.size);
  }
  canvas.globalAlpha = 1;
}

function drawMoon(canvas: CanvasRenderingContext2D, view: View, progress: number, palette: Palette): void {
  const { x, y, radius } = moonAt(view, progress);
  const halo = canvas.createRadialGradient(x, y, radius * 0.8, x, y, radius * 4.5);
  halo.addColorStop(0, 'rgba(255,240,200,0.32)');
  halo.addColorStop(1, 'rgba(255,240,200,0)');
  canvas.fillStyle = halo;
  canvas.fillRect(x - radius * 5, y - radius * 5, radius * 10, radius * 10);
  canvas.fillStyle = '#fff1cf';
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, Math.PI * 2);
  canvas.fill();
  // The hare that Koreans see in the moon, at its mortar.
  canvas.fillStyle = palette.stars > 0.4 ? 'rgba(196,168,128,0.5)' : 'rgba(214,186,150,0.4)';
  canvas.beginPath();
  canvas.ellipse(x - radius * 0.2, y + radius * 0.15, radius * 0.28, radius * 0.2, -0.3, 0, Math.PI * 2);
  canvas.ellipse(x + radius * 0.06, y - radius * 0.12, radius * 0.15, radius * 0.14, 0, 0, Math.PI * 2);
  canvas.ellipse(x - radius * 0.02, y - radius * 0.42, radius * 0.06, radius * 0.22, -0.25, 0, Math.PI * 2);
  canvas.ellipse(x + radius * 0.14, y - radius * 0.4, radius * 0.06, radius * 0.22, 0.15, 0, Math.PI * 2);
  canvas.ellipse(x + radius * 0.42, y + radius * 0.3, radius * 0.16, radius * 0.24, 0, 0, Math.PI * 2);
  canvas.fill();
}

function drawRidge(
  canvas: CanvasRenderingContext2D,
  view: View,
  colour: string,
  shift: number,
  lift: number,
  kind: number,
): void {
  const base = view.top - view.step * 0.6;
  const height = Math.min(base * 0.75, view.step * 2.4) * lift;
  canvas.fillStyle = colour;
  canvas.beginPath();
  canvas.moveTo(0, base);
  for (let x = 0; x <= view.width + 16; x += 16) {
    const place = x / view.column + shift * 10;
    const shape = 0.55 + 0.3 * Math.sin(place * 0.33 * kind + kind * 9) + 0.15 * Math.sin(place * 0.83 + kind * 5) ** 2;
    canvas.lineTo(x, base - view.step * 0.2 - height * shape);
  }
  canvas.lineTo(view.width, base);
  canvas.fill();
}
