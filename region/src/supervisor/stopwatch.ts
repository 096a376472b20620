export interface Stopwatch {
  lap(name: string): void;
  laps(): Readonly<Record<string, number>>;
}

/** Each lap is the time since the start, in milliseconds. */
export function stopwatch(): Stopwatch {
  const start = performance.now();
  const laps: Record<string, number> = {};
  return {
    lap(name) {
      laps[name] = Math.round(performance.now() - start);
    },
    laps: () => laps,
  };
}
