import type { View } from './view.ts';

export interface HarePose {
  readonly x: number;
  /** Where its feet are. */
  readonly y: number;
  /** Phase of the stride, in turns. */
  readonly stride: number;
  /** From -1, on the way down, to 1, on the way up. */
  readonly leap: number;
  /** It was hit and is let through for a moment. */
  readonly dazed: boolean;
  readonly time: number;
  /** From 0 to 1. */
  readonly light: number;
}

/** Where the lantern hangs, which is where the light comes from. */
export function lanternOf(view: View, pose: HarePose): { x: number; y: number } {
  const unit = view.step / 100;
  return { x: pose.x + 34 * unit, y: pose.y - (46 + 4 * Math.sin(pose.stride * Math.PI * 2)) * unit };
}

export function drawHare(canvas: CanvasRenderingContext2D, view: View, pose: HarePose): void {
  const unit = view.step / 100;
  canvas.save();
  canvas.translate(pose.x, pose.y);
  canvas.scale(unit, unit);
  if (pose.dazed && Math.floor(pose.time * 14) % 2 === 0) canvas.globalAlpha = 0.45;
  canvas.fillStyle = 'rgba(6,8,24,0.35)';
  canvas.beginPath();
  canvas.ellipse(2, 3, 26, 4, 0, 0, Math.PI * 2);
  canvas.fill();
  const turn = pose.stride * Math.PI * 2;
  const bounce = Math.abs(Math.sin(turn)) * 7 + Math.abs(pose.leap) * 9;
  canvas.translate(0, -bounce);
  canvas.rotate(-0.09 * Math.cos(turn) - pose.leap * 0.28);
  drawLegs(canvas, turn, '#cdbfb0');
  drawScarf(canvas, pose.time);
  drawBody(canvas, turn);
  drawLantern(canvas, pose);
  canvas.restore();
}

function drawLegs(canvas: CanvasRenderingContext2D, turn: number, colour: string): void {
  canvas.strokeStyle = colour;
  canvas.lineWidth = 6;
  canvas.lineCap = 'round';
  canvas.beginPath();
  const reach = Math.cos(turn) * 12;
  canvas.moveTo(-14, -14);
  canvas.quadraticCurveTo(-22 - reach * 0.4, -6, -16 - reach, 1);
  canvas.moveTo(-8, -12);
  canvas.quadraticCurveTo(-12 - reach * 0.3, -4, -6 - reach * 0.8, 1);
  canvas.moveTo(12, -14);
  canvas.lineTo(14 + reach, 1);
  canvas.moveTo(16, -16);
  canvas.lineTo(22 + reach * 0.8, 0);
  canvas.stroke();
}

function drawScarf(canvas: CanvasRenderingContext2D, time: number): void {
  canvas.strokeStyle = '#e2504a';
  canvas.lineWidth = 6;
  canvas.beginPath();
  canvas.moveTo(14, -33);
  const wave = Math.sin(time * 11) * 4;
  canvas.bezierCurveTo(0, -40 + wave, -14, -30 - wave, -30, -38 + wave);
  canvas.stroke();
}

function drawBody(canvas: CanvasRenderingContext2D, turn: number): void {
  const lift = Math.sin(turn) * 2;
  canvas.fillStyle = '#f7efe0';
  canvas.beginPath();
  canvas.ellipse(-1, -21, 22, 13.5, -0.12, 0, Math.PI * 2);
  canvas.ellipse(-12, -19, 13, 13, 0, 0, Math.PI * 2);
  canvas.fill();
  canvas.beginPath();
  canvas.arc(-25, -25, 5.5, 0, Math.PI * 2);
  canvas.fill();
  canvas.beginPath();
  canvas.ellipse(21, -37 + lift, 11.5, 9.5, 0.2, 0, Math.PI * 2);
  canvas.fill();
  for (const [lean, colour, inner] of [
    [-0.95, '#e2d6c6', '#d9a3a0'],
    [-0.62, '#f7efe0', '#f0b9b2'],
  ] as const) {
    canvas.save();
    canvas.translate(16, -43 + lift);
    canvas.rotate(lean + Math.cos(turn) * 0.13);
    canvas.fillStyle = colour;
    canvas.beginPath();
    canvas.ellipse(0, -15, 4.6, 17, 0, 0, Math.PI * 2);
    canvas.fill();
    canvas.fillStyle = inner;
    canvas.beginPath();
    canvas.ellipse(0.6, -14, 2, 12, 0, 0, Math.PI * 2);
    canvas.fill();
    canvas.restore();
  }
  canvas.fillStyle = '#1d1a2b';
  canvas.beginPath();
  canvas.arc(24.5, -39 + lift, 1.9, 0, Math.PI * 2);
  canvas.fill();
  canvas.fillStyle = '#e58f88';
  canvas.beginPath();
  canvas.arc(32, -36 + lift, 1.6, 0, Math.PI * 2);
  canvas.fill();
  canvas.fillStyle = '#e2504a';
  canvas.beginPath();
  canvas.ellipse(13, -30, 7, 4.4, -0.8, 0, Math.PI * 2);
  canvas.fill();
}

/** A cheongsachorong: the red and blue silk lantern that lit the way of a wedding. */
function drawLantern(canvas: CanvasRenderingContext2D, pose: HarePose): void {
  const swing = Math.sin(pose.stride * Math.PI * 2) * 0.16;
  canvas.strokeStyle = '#6b4a32';
  canvas.lineWidth = 2.4;
  canvas.beginPath();
  canvas.moveTo(12, -24);
  canvas.quadraticCurveTo(24, -58, 36, -66);
  canvas.stroke();
  canvas.save();
  canvas.translate(36, -66);
  canvas.rotate(swing);
  canvas.lineWidth = 1.2;
  canvas.beginPath();
  canvas.moveTo(0, 0);
  canvas.lineTo(0, 8);
  canvas.stroke();
  const warm = 0.35 + 0.65 * pose.light;
  canvas.fillStyle = '#3a2620';
  canvas.fillRect(-6, 7, 12, 3);
  canvas.fillStyle = blend(226, 66, 58, warm);
  rounded(canvas, -8, 10, 16, 11);
  canvas.fillStyle = blend(255, 216, 132, warm);
  canvas.fillRect(-8, 20, 16, 3);
  canvas.fillStyle = blend(58, 108, 214, warm);
  rounded(canvas, -8, 22, 16, 9);
  canvas.fillStyle = '#3a2620';
  canvas.fillRect(-6, 31, 12, 2.5);
  canvas.strokeStyle = '#e2504a';
  canvas.beginPath();
  canvas.moveTo(0, 33);
  canvas.lineTo(-swing * 14, 42);
  canvas.stroke();
  canvas.restore();
}

function blend(red: number, green: number, blue: number, strength: number): string {
  return `rgb(${red * strength + 40 * (1 - strength)},${green * strength},${blue * strength + 20 * (1 - strength)})`;
}

function rounded(canvas: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  canvas.beginPath();
  canvas.roundRect(x, y, width, height, 3);
  canvas.fill();
}
