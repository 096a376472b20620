/** Ends a stand-in with a message and an exit code: an argument it does not know, or an answer that is an error. */
export class Refusal extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
