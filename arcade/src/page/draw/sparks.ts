import type { View } from './view.ts';

interface Spark {
  x: number;
  y: number;
  readonly vx: number;
  readonly vy: number;
  age: number;
  readonly life: number;
  readonly colour: string;
  readonly size: number;
}

interface Saying {
  readonly text: string;
  readonly x: number;
  y: number;
  age: number;
  readonly colour: string;
}

interface Ring {
  readonly x: number;
  readonly y: number;
  age: number;
}

/** What flies about for a moment after something happened. Only for the eye. */
export class Sparks {
  #sparks: Spark[] = [];
  #sayings: Saying[] = [];
  #rings: Ring[] = [];

  burst(x: number, y: number, colour: string, count: number, force: number): void {
    for (let at = 0; at < count && this.#sparks.length < 240; at++) {
      const direction = Math.random() * Math.PI * 2;
      const speed = force * (0.3 + Math.random() * 0.7);
      this.#sparks.push({
        x,
        y,
        vx: Math.cos(direction) * speed - force * 0.35,
        vy: Math.sin(direction) * speed - force * 0.2,
        age: 0,
        life: 0.35 + Math.random() * 0.4,
        colour,
        size: 1.2 + Math.random() * 2.4,
      });
    }
  }

  say(text: string, x: number, y: number, colour: string): void {
    this.#sayings.push({ text, x, y, age: 0, colour });
    if (this.#sayings.length > 8) this.#sayings.shift();
  }

  ring(x: number, y: number): void {
    this.#rings.push({ x, y, age: 0 });
  }

  clear(): void {
    this.#sparks = [];
    this.#sayings = [];
    this.#rings = [];
  }

  draw(canvas: CanvasRenderingContext2D, view: View, seconds: number): void {
    this.#drawRings(canvas, view, seconds);
    this.#drawSparks(canvas, seconds);
    this.#drawSayings(canvas, view, seconds);
    canvas.globalAlpha = 1;
  }

  #drawRings(canvas: CanvasRenderingContext2D, view: View, seconds: number): void {
    canvas.strokeStyle = '#ffe2a0';
    for (const ring of this.#rings) {
      ring.age += seconds;
      const part = ring.age / 0.6;
      canvas.globalAlpha = Math.max(0, 1 - part);
      canvas.lineWidth = view.step * 0.12 * Math.max(0, 1 - part);
      canvas.beginPath();
      canvas.arc(ring.x, ring.y, view.column * 7 * Math.sqrt(Math.min(1, part)), 0, Math.PI * 2);
      canvas.stroke();
    }
    this.#rings = this.#rings.filter((ring) => ring.age < 0.6);
  }

  #drawSparks(canvas: CanvasRenderingContext2D, seconds: number): void {
    canvas.globalCompositeOperation = 'lighter';
    for (const spark of this.#sparks) {
      spark.age += seconds;
      spark.x += spark.vx * seconds;
      spark.y += spark.vy * seconds + 60 * spark.age * seconds;
      canvas.globalAlpha = Math.max(0, 1 - spark.age / spark.life);
      canvas.fillStyle = spark.colour;
      canvas.fillRect(spark.x - spark.size / 2, spark.y - spark.size / 2, spark.size, spark.size);
    }
    this.#sparks = this.#sparks.filter((spark) => spark.age < spark.life);
    canvas.globalCompositeOperation = 'source-over';
  }

  #drawSayings(canvas: CanvasRenderingContext2D, view: View, seconds: number): void {
    canvas.font = `700 ${Math.max(13, view.step * 0.15)}px ui-rounded, system-ui, sans-serif`;
    canvas.textAlign = 'center';
    canvas.lineWidth = 4;
    canvas.strokeStyle = 'rgba(8,10,30,0.75)';
    for (const saying of this.#sayings) {
      saying.age += seconds;
      saying.y -= view.step * 0.5 * seconds;
      canvas.globalAlpha = Math.max(0, Math.min(1, 2 - saying.age * 2.4));
      canvas.strokeText(saying.text, saying.x, saying.y);
      canvas.fillStyle = saying.colour;
      canvas.fillText(saying.text, saying.x, saying.y);
    }
    this.#sayings = this.#sayings.filter((saying) => saying.age < 0.85);
  }
}
