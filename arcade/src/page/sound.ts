/** A pentatonic scale, as a gayageum is tuned: whatever sounds together, sounds well. In hertz. */
const scale = [196, 220, 261.6, 293.7, 329.6, 392, 440, 523.3, 587.3, 659.3, 784, 880, 1046.5];

/** Every sound is made here, of oscillators and noise; nothing is loaded. */
export class Sound {
  #context: AudioContext | undefined;
  #out: GainNode | undefined;
  #on: boolean;
  #nextBeat = 0;
  #beat = 0;

  constructor(on: boolean) {
    this.#on = on;
  }

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    if (this.#out && this.#context) this.#out.gain.setTargetAtTime(on ? 0.5 : 0, this.#context.currentTime, 0.02);
  }

  /** Browsers allow sound only after a press. */
  wake(): void {
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#out = this.#context.createGain();
      this.#out.gain.value = this.#on ? 0.5 : 0;
      this.#out.connect(this.#context.destination);
    }
    void this.#context.resume();
  }

  caught(chain: number): void {
    this.#pluck(scale[5 + (chain % 8)] as number, 0.16, 0.35);
  }

  pearl(): void {
    for (const [at, note] of [7, 9, 10, 12].entries()) this.#pluck(scale[note] as number, 0.16, 0.9, at * 0.06);
  }

  skimmed(): void {
    this.#noise(0.16, 0.12, 2600);
  }

  moved(): void {
    this.#noise(0.05, 0.05, 1500);
  }

  hit(): void {
    this.#noise(0.3, 0.35, 420);
    this.#tone(110, 45, 0.35, 0.4);
  }

  flared(): void {
    for (const note of [2, 5, 7, 9]) this.#pluck(scale[note] as number, 0.14, 1.1);
    this.#noise(0.5, 0.1, 3800);
  }

  ended(atDawn: boolean): void {
    const notes = atDawn ? [5, 7, 8, 10, 12, 12] : [7, 5, 4, 2, 0];
    for (const [at, note] of notes.entries()) this.#pluck(scale[note] as number, 0.2, 1.4, at * 0.17);
  }

  /** A quiet tune that goes as fast as the hare; to be called once a frame. */
  accompany(speed: number, progress: number): void {
    const context = this.#context;
    if (!context || context.currentTime < this.#nextBeat) return;
    const length = 0.42 - 0.17 * ((speed - 75) / 110);
    this.#nextBeat = Math.max(context.currentTime, this.#nextBeat) + length;
    const beat = this.#beat++;
    // Twelve beats with the weight of a slow jungmori: low, rest, high, middle, and so on, never quite the same.
    const pattern = [0, -1, 4, 2, -1, 5, 0, 3, -1, 4, 2, -1];
    const note = pattern[beat % 12] as number;
    if (note < 0) return;
    const turn = Math.floor(beat / 24) % 3;
    this.#pluck((scale[(note + turn) % 7] as number) * (progress > 0.9 ? 2 : 1), 0.055, 0.9);
    if (beat % 12 === 0) this.#tone(65.4, 60, 0.5, 0.16);
  }

  /** A plucked string: a triangle that falls silent, with a little slide into the note. */
  #pluck(frequency: number, volume: number, seconds: number, delay = 0): void {
    this.#voice('triangle', volume, seconds, delay, (oscillator, at) => {
      oscillator.frequency.setValueAtTime(frequency * 1.02, at);
      oscillator.frequency.exponentialRampToValueAtTime(frequency, at + 0.04);
    });
  }

  #tone(from: number, to: number, seconds: number, volume: number): void {
    this.#voice('sine', volume, seconds, 0, (oscillator, at) => {
      oscillator.frequency.setValueAtTime(from, at);
      oscillator.frequency.exponentialRampToValueAtTime(to, at + seconds);
    });
  }

  #voice(
    type: OscillatorType,
    volume: number,
    seconds: number,
    delay: number,
    tune: (oscillator: OscillatorNode, at: number) => void,
  ): void {
    if (!this.#context || !this.#out || !this.#on) return;
    const at = this.#context.currentTime + delay;
    const oscillator = this.#context.createOscillator();
    const gain = this.#context.createGain();
    oscillator.type = type;
    tune(oscillator, at);
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(volume, at + 0.008);
    gain.gain.exponentialRampToValueAtTime(0.0005, at + seconds);
    oscillator.connect(gain).connect(this.#out);
    oscillator.start(at);
    oscillator.stop(at + seconds);
  }

  #noise(seconds: number, volume: number, frequency: number): void {
    if (!this.#context || !this.#out || !this.#on) return;
    const context = this.#context;
    const samples = context.createBuffer(1, Math.ceil(context.sampleRate * seconds), context.sampleRate);
    const data = samples.getChannelData(0);
    for (let at = 0; at < data.length; at++) data[at] = (Math.random() * 2 - 1) * (1 - at / data.length) ** 2;
    const source = context.createBufferSource();
    const filter = context.createBiquadFilter();
    const gain = context.createGain();
    source.buffer = samples;
    filter.type = 'bandpass';
    filter.frequency.value = frequency;
    gain.gain.value = volume;
    source.connect(filter).connect(gain).connect(this.#out);
    source.start();
  }
}
