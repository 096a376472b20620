import { firefly, pearl, scarecrow } from '../../rules/field.ts';
import type { Palette } from './palette.ts';
import type { Thing } from './things.ts';
import type { View } from './view.ts';

/** The dark is drawn small and enlarged: soft edges for free, and a phone keeps up. */
const coarse = 4;

/** The night over everything, opened where something shines. */
export class Light {
  readonly #dark = document.createElement('canvas');
  readonly #context = this.#dark.getContext('2d') as CanvasRenderingContext2D;
  readonly #warm = glow('255,196,110');
  readonly #green = glow('196,255,90');
  readonly #pale = glow('190,220,255');
  readonly #red = glow('255,90,60');

  draw(
    canvas: CanvasRenderingContext2D,
    view: View,
    palette: Palette,
    lantern: { readonly x: number; readonly y: number; readonly light: number; readonly flare: number },
    things: readonly Thing[],
    time: number,
  ): void {
    const flicker = view.calm ? 1 : 1 + 0.025 * Math.sin(time * 17) + 0.02 * Math.sin(time * 29);
    const reach = view.column * (1.6 + 6.6 * lantern.light) * flicker;
    this.#cover(view, palette, (dark) => {
      open(dark, lantern.x, lantern.y, reach, 1);
      if (lantern.flare > 0) open(dark, lantern.x, lantern.y, view.width * 1.2, lantern.flare);
      for (const thing of things) {
        if (thing.kind === firefly) open(dark, thing.x, thing.y, view.step * 0.34, 0.7);
        else if (thing.kind === pearl) open(dark, thing.x, thing.y, view.step * 0.9, 0.9);
      }
    });
    canvas.drawImage(this.#dark, 0, 0, view.width, view.height);
    // By day a light is hardly seen.
    const night = 0.2 + 0.8 * Math.min(1, palette.dark * 1.4);
    canvas.globalCompositeOperation = 'lighter';
    this.#shine(canvas, this.#warm, lantern.x, lantern.y, reach * 0.6, night * (0.16 + 0.16 * lantern.light));
    this.#shine(
      canvas,
      this.#warm,
      lantern.x,
      lantern.y,
      view.step * 0.5 * flicker,
      0.75 * (0.3 + 0.7 * lantern.light),
    );
    for (const thing of things) this.#shineOf(canvas, view, night, thing, time);
    canvas.globalCompositeOperation = 'source-over';
  }

  #cover(view: View, palette: Palette, opened: (dark: CanvasRenderingContext2D) => void): void {
    const width = Math.ceil(view.width / coarse);
    const height = Math.ceil(view.height / coarse);
    if (this.#dark.width !== width || this.#dark.height !== height) {
      this.#dark.width = width;
      this.#dark.height = height;
    }
    const dark = this.#context;
    dark.setTransform(1, 0, 0, 1, 0, 0);
    dark.globalCompositeOperation = 'source-over';
    dark.clearRect(0, 0, width, height);
    const sky = view.top / coarse;
    const fall = dark.createLinearGradient(0, sky * 0.7, 0, sky * 1.15);
    fall.addColorStop(0, `rgba(4,6,24,${palette.dark * 0.12})`);
    fall.addColorStop(1, `rgba(4,6,24,${palette.dark})`);
    dark.fillStyle = fall;
    dark.fillRect(0, 0, width, height);
    dark.globalCompositeOperation = 'destination-out';
    dark.setTransform(1 / coarse, 0, 0, 1 / coarse, 0, 0);
    opened(dark);
  }

  #shineOf(canvas: CanvasRenderingContext2D, view: View, night: number, thing: Thing, time: number): void {
    if (thing.kind === firefly) {
      const pulse = 0.75 + 0.25 * Math.sin(time * 5 + thing.seed);
      this.#shine(canvas, this.#green, thing.x, thing.y, view.step * 0.24, pulse * 0.8 * night);
    } else if (thing.kind === pearl) {
      this.#shine(canvas, this.#pale, thing.x, thing.y, view.step * 0.55, 0.8 * night);
    } else if (thing.kind === scarecrow && !thing.burned) {
      // Eyes that catch what light there is: one can always tell where not to run.
      const eye = view.step / 100;
      for (const side of [-4, 4]) {
        this.#shine(canvas, this.#red, thing.x + side * eye, thing.y - 58 * eye, view.step * 0.075, night);
      }
    }
  }

  #shine(
    canvas: CanvasRenderingContext2D,
    image: HTMLCanvasElement,
    x: number,
    y: number,
    radius: number,
    strength: number,
  ): void {
    canvas.globalAlpha = Math.min(1, strength);
    canvas.drawImage(image, x - radius, y - radius, radius * 2, radius * 2);
    canvas.globalAlpha = 1;
  }
}

function open(dark: CanvasRenderingContext2D, x: number, y: number, radius: number, strength: number): void {
  const hole = dark.createRadialGradient(x, y, radius * 0.15, x, y, radius);
  hole.addColorStop(0, `rgba(0,0,0,${strength})`);
  hole.addColorStop(0.55, `rgba(0,0,0,${strength * 0.75})`);
  hole.addColorStop(1, 'rgba(0,0,0,0)');
  dark.fillStyle = hole;
  dark.beginPath();
  dark.arc(x, y, radius, 0, Math.PI * 2);
  dark.fill();
}

function glow(colour: string): HTMLCanvasElement {
  const image = document.createElement('canvas');
  image.width = 128;
  image.height = 128;
  const context = image.getContext('2d') as CanvasRenderingContext2D;
  const gradient = context.createRadialGradient(64, 64, 0, 64, 64, 64);
  gradient.addColorStop(0, `rgba(${colour},0.9)`);
  gradient.addColorStop(0.25, `rgba(${colour},0.4)`);
  gradient.addColorStop(1, `rgba(${colour},0)`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 128, 128);
  return image;
}
