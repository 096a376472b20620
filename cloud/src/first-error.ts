/**
 * The lines of a program's output that say why it failed: the first error with the lines that belong to it, then the tail. A stack trace of ten
 * frames after the error, or a build tool's farewell, hides the error from whoever sees the tail alone.
 *
 * @param output whole, or its beginning and its end
 */
export function reasonLines(output: string, tail = 8): string[] {
  const lines = output.split(/\r?\n/).map((line) => line.trimEnd());
  const spoken = lines.filter((line) => line.trim() !== '');
  const at = spoken.findIndex(tellsError);
  const last = spoken.slice(-tail);
  if (at < 0 || at >= spoken.length - last.length) return last;
  const error = [spoken[at]!, ...belongingTo(spoken.slice(at + 1))];
  const rest = spoken.slice(Math.max(at + error.length, spoken.length - tail));
  const gap = at + error.length + rest.length < spoken.length ? ['…'] : [];
  return [...error, ...gap, ...rest];
}

/** At most four lines after an error that continue its message: neither a frame of a stack trace nor blank. */
function belongingTo(following: readonly string[]): string[] {
  const end = following.findIndex((line, index) => index >= 4 || isFrame(line));
  return following.slice(0, end < 0 ? 4 : end);
}

/** A frame as Node, Java, .NET (`at …`), Python (`File "…", line 3`), Ruby (`from …`) and Go (`	/path/file.go:12`) write it. */
function isFrame(line: string): boolean {
  return /^\s*(at |File "|from .*:\d+|\S+\.go:\d+)/.test(line);
}

const errors: readonly RegExp[] = [
  // Node, Python, Java, .NET, Ruby: a class of errors, a colon or its code, the message.
  /^(Uncaught |Unhandled exception\.? |Exception in thread "[^"]*" |jsii\.errors\.)?(\[?[\w.$]*(Error|Exception)\]?)( \[\w+\])?(:|$)/,
  // A shell and the programs that it runs.
  /: (command )?not found$|: No such file or directory$|: Permission denied$|^error:|: error:| error TS\d+:|: error CS\d+:/i,
  // npm, Maven, Go, Rust.
  /^npm (ERR!|error) |^\[ERROR\] |^panic: |^error\[E\d+\]|^\S+\.go:\d+:\d+: |^fatal(:| error:)/i,
  /^❌ |^⨯ |^✘ |^E: /,
];
/** Lines of npm that accompany an error and do not state it. */
const accompanying =
  /^npm (ERR!|error) (code|errno|syscall|path|command|A complete log|Lifecycle script|workspace|location)\b/;

function tellsError(line: string): boolean {
  return errors.some((each) => each.test(line)) && !accompanying.test(line);
}
