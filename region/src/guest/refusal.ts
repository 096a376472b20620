/** Ends a stand-in with a message and an exit code: an argument it does not know, or an answer that is an error. */
export class Refusal extends Error {
  readonly exitCode: number;
  /** What goes to standard error where the real program does not begin it with its name. */
  readonly shown: string | null;

  constructor(message: string, exitCode: number, shown: string | null = null) {
    super(message);
    this.exitCode = exitCode;
    this.shown = shown;
  }
}
