export interface Writing {
  /** How many visits the application said that it has written down. */
  readonly acknowledged: number;
  /** Visits that two answers had. */
  readonly twice: readonly number[];
  end(): Promise<void>;
}

/** Visits the application again and again, whatever it answers. Each visit is a row of its own, and its number is in the answer. */
export function writeOn(app: string): Writing {
  const seen = new Set<number>();
  const twice: number[] = [];
  let over = false;
  const visit = async () => {
    const answer = await fetch(`${app}api/hello`, { signal: AbortSignal.timeout(5000) });
    if (!answer.ok) return;
    const { visits } = (await answer.json()) as { visits: number };
    if (seen.has(visits)) twice.push(visits);
    seen.add(visits);
  };
  const ended = (async () => {
    while (!over) {
      await visit().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    get acknowledged() {
      return seen.size;
    },
    twice,
    end: () => {
      over = true;
      return ended;
    },
  };
}
