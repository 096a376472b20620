/** A step of `cfn-init` that failed: the message is the real program's, `detail` says what it leaves to its logs. */
export class BuildError extends Error {
  readonly detail: string | null;

  constructor(message: string, detail: string | null = null) {
    super(message);
    this.detail = detail;
  }
}
