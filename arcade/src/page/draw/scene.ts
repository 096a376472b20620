import { type Cell, nothing, pearl, scarecrow, terraces } from '../../rules/field.ts';
import { columnLength, dawn, fullLight, type Night } from '../../rules/night.ts';
import { drawHare, type HarePose, lanternOf } from './hare.ts';
import { drawHillside } from './hillside.ts';
import { Light } from './light.ts';
import { paletteAt } from './palette.ts';
import { drawSky } from './sky.ts';
import { Sparks } from './sparks.ts';
import { drawThing, type Thing, thingAt } from './things.ts';
import { ground, layOut, type View } from './view.ts';

/** Everything that is seen of a night, drawn from its state; nothing here has a say in the game. */
export class Scene {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #light = new Light();
  readonly #sparks = new Sparks();
  #view: View;
  #terrace = 1;
  #flare = 0;
  #hurt = 0;
  #lantern = { x: 0, y: 0 };
  /** Cells whose firefly or pearl was caught. */
  readonly #met = new Set<number>();

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
    this.#view = this.#resize();
    addEventListener('resize', () => {
      this.#view = this.#resize();
    });
  }

  /** For a new night. */
  begin(): void {
    this.#terrace = 1;
    this.#flare = 0;
    this.#hurt = 0;
    this.#sparks.clear();
    this.#met.clear();
  }

  /** The screen's height of the hare, against which a touch counts as above or below. */
  get hareHeight(): number {
    return ground(this.#view, this.#terrace, 0) - this.#view.step * 0.3;
  }

  caught(cell: Cell, points: number, place: { readonly column: number; readonly terrace: number }): void {
    this.#met.add(place.column * terraces + place.terrace);
    const { x, y } = this.#lantern;
    const precious = cell === pearl;
    this.#sparks.burst(
      x,
      y,
      precious ? '#cfe6ff' : '#e8ff9a',
      precious ? 36 : 9,
      this.#view.step * (precious ? 2.4 : 1.3),
    );
    if (precious) this.#sparks.say(`+${points}`, x, y - this.#view.step * 0.3, '#dff0ff');
  }

  skimmed(points: number): void {
    const { x, y } = this.#lantern;
    this.#sparks.burst(x, y + this.#view.step * 0.3, '#ffb38a', 12, this.#view.step * 1.5);
    this.#sparks.say(`+${points}`, x, y - this.#view.step * 0.2, '#ffd0a8');
  }

  hit(): void {
    this.#hurt = 1;
    this.#sparks.burst(this.#lantern.x, this.#lantern.y, '#ff8a5a', 30, this.#view.step * 2.6);
  }

  flared(points: number): void {
    this.#flare = 1;
    this.#sparks.ring(this.#lantern.x, this.#lantern.y);
    if (points > 0) {
      this.#sparks.say(`+${points}`, this.#lantern.x + this.#view.column, this.#lantern.y, '#ffe2a0');
    }
  }

  /** `ahead` from 0 to 1 is how much of the next step has passed, `seconds` since the frame before. */
  draw(night: Night, ahead: number, time: number, seconds: number): void {
    const view = this.#view;
    const canvas = this.#context;
    const travelled = (night.travelled + (night.over ? 0 : night.speed * ahead)) / columnLength;
    const progress = Math.min(1, night.step / dawn);
    const palette = paletteAt(progress);
    const before = this.#terrace;
    this.#terrace += (night.terrace - before) * Math.min(1, seconds * 17);
    this.#flare = Math.max(0, this.#flare - seconds * 1.4);
    this.#hurt = Math.max(0, this.#hurt - seconds * 2.2);

    canvas.save();
    if (this.#hurt > 0 && !view.calm) {
      const shake = this.#hurt ** 2 * view.step * 0.07;
      canvas.translate(Math.sin(time * 71) * shake, Math.cos(time * 53) * shake);
    }
    drawSky(canvas, view, palette, progress, travelled, time);
    drawHillside(canvas, view, palette, travelled, progress, time);
    const things = this.#things(night, travelled, time);
    const pose = this.#pose(night, travelled, time, night.terrace - before);
    this.#lantern = lanternOf(view, pose);
    for (let terrace = 0; terrace < terraces; terrace++) {
      for (const each of things) if (each.terrace === terrace) drawThing(canvas, view, each.thing, time);
      if (Math.round(this.#terrace) === terrace) drawHare(canvas, view, pose);
    }
    const lantern = { ...this.#lantern, light: night.light / fullLight, flare: this.#flare };
    this.#light.draw(
      canvas,
      view,
      palette,
      lantern,
      things.map((each) => each.thing),
      time,
    );
    this.#sparks.draw(canvas, view, seconds);
    canvas.restore();
    if (this.#hurt > 0) this.#redden(canvas, view);
  }

  #things(night: Night, travelled: number, time: number): { terrace: number; thing: Thing }[] {
    const view = this.#view;
    const things: { terrace: number; thing: Thing }[] = [];
    const passed = Math.floor(night.travelled / columnLength);
    const from = Math.max(0, Math.floor(travelled - view.hare / view.column) - 1);
    const to = Math.min(passed + 30, Math.ceil(travelled + (view.width - view.hare) / view.column) + 1);
    for (let column = from; column <= to; column++) {
      for (let terrace = 0; terrace < terraces; terrace++) {
        const kind = night.field.cell(column, terrace);
        // What was met is gone, but for scarecrows, which stand where they stood.
        if (kind === nothing || (kind !== scarecrow && this.#met.has(column * terraces + terrace))) continue;
        const burned = column <= night.burnedUntil && column > night.burnedFrom;
        things.push({ terrace, thing: thingAt(view, travelled, time, { kind, column, terrace, burned }) });
      }
    }
    return things;
  }

  #pose(night: Night, travelled: number, time: number, moving: number): HarePose {
    return {
      x: this.#view.hare,
      y: ground(this.#view, this.#terrace, travelled),
      stride: (travelled * 0.62) % 1,
      leap: Math.max(-1, Math.min(1, -moving * 1.4)),
      dazed: night.step < night.sparedUntil && !night.over,
      time,
      light: night.light / fullLight,
    };
  }

  #redden(canvas: CanvasRenderingContext2D, view: View): void {
    const gradient = canvas.createRadialGradient(
      view.width / 2,
      view.height / 2,
      view.height * 0.3,
      view.width / 2,
      view.height / 2,
      Math.max(view.width, view.height) * 0.75,
    );
    gradient.addColorStop(0, 'rgba(190,30,40,0)');
    gradient.addColorStop(1, `rgba(190,30,40,${0.5 * this.#hurt})`);
    canvas.fillStyle = gradient;
    canvas.fillRect(0, 0, view.width, view.height);
  }

  #resize(): View {
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    const dense = Math.min(2, devicePixelRatio);
    this.#canvas.width = Math.round(width * dense);
    this.#canvas.height = Math.round(height * dense);
    this.#context.setTransform(dense, 0, 0, dense, 0, 0);
    return layOut(width, height, matchMedia('(prefers-reduced-motion: reduce)').matches);
  }
}
