/** One line of JSON on standard output, which systemd's journal keeps. Never given anything secret or a player's input. */
export function log(event: string, error?: unknown): void {
  const line = { at: new Date().toISOString(), event, ...(error === undefined ? {} : { error: describe(error) }) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A cause below a cause is what a reader needs: "cannot be reached" says less than "ECONNREFUSED". */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.message || (error as NodeJS.ErrnoException).code || error.name;
  return error.cause === undefined ? own : `${own}: ${describe(error.cause)}`;
}
