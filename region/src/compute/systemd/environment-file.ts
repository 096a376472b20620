/**
 * Variables of a file that `EnvironmentFile=` names: lines of NAME=VALUE, comments with `#` or `;`, quotes and
 * backslashes as in a shell, a backslash at a line's end joining the next.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
 */
export function parseEnvironmentFile(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of text.replace(/\\\n/g, '').split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined) variables[match[1]] = unquote(match[2] ?? '');
  }
  return variables;
}

function unquote(value: string): string {
  const single = /^'([^']*)'$/.exec(value);
  if (single) return single[1] ?? '';
  const double = /^"(.*)"$/s.exec(value);
  return (double?.[1] ?? value).replace(/\\([\\"$`])/g, '$1');
}
