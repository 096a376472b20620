/** One word of a shell's command line, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Lines that write bytes to a file, or add them to it. */
export function writing(path: string, content: Buffer, { append = false } = {}): string {
  const encoded = content.toString('base64').replace(/.{76}/g, '$&\n');
  return `base64 -d ${append ? '>>' : '>'}${quoted(path)} <<'END-OF-CONTENT'\n${encoded}\nEND-OF-CONTENT\n`;
}

/**
 * Commands of `runcmd` and `bootcmd` as a script: text as it stands, a list as one command with its arguments.
 *
 * @throws Error where a command is something else, such as `echo a: b`, which YAML reads as a mapping
 */
export function shellScript(commands: unknown): string {
  if (!Array.isArray(commands)) throw new Error(`a list of commands is expected, not ${kindOf(commands)}`);
  const lines = commands.flatMap((command) => {
    if (command === null) return [];
    if (Array.isArray(command)) return [command.map((word) => quoted(String(word))).join(' ')];
    if (typeof command === 'string') return [command];
    throw new Error(
      `Unable to shellify type '${kindOf(command)}'. Expected list, string, tuple. Got: ${shown(command)}`,
    );
  });
  return `#!/bin/sh\n${lines.map((line) => `${line}\n`).join('')}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  return typeof value === 'object' ? 'dict' : typeof value;
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 100);
}
