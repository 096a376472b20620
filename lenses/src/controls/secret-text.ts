/** Names of variables that hold secrets, and a value beside one that is written out. */
const assignment =
  /\b([A-Za-z0-9_]*(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)[A-Za-z0-9_]*)["']?\s*[=:]\s*(["']?)([^\s"'`;&|]{4,})/gi;

/** AWS's own access keys, and keys in PEM. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/],
];

/** The name of a secret that a text holds in clear, never its value; `undefined` where it holds none that is known as one. */
export function secretIn(text: string, secrets: readonly string[]): string | undefined {
  const shape = shapes.find(([, pattern]) => pattern.test(text));
  if (shape) return shape[0];
  for (const [, name = '', quote = '', value = ''] of text.matchAll(assignment))
    if (isLiteral(name, value) && (quote !== '' || !isCode(value))) return name;
  return secrets.some((each) => each.length >= 6 && text.includes(each))
    ? 'a value that the template conceals'
    : undefined;
}

/** A call, an element or an attribute of something: `os.environ[…]`, `json.loads(…)`, `config.password`. */
function isCode(value: string): boolean {
  return /[([]|^[a-z_]\w*\.[a-z_]\w*/i.test(value);
}

/** A pattern by which a script takes a secret out of an answer: `"password":"\([^"]*\)"` of sed, `(?<=…)` of grep. */
const pattern = /\\\(|\[\^|\(\?/;

/** Not a variable, a command, a reference, a pattern, a path or ARN, or where the secret is to be found. */
function isLiteral(name: string, value: string): boolean {
  if (/^secretsmanager$|(ARN|NAME|_ID|PATH|FILE|URL|TTL|LENGTH|EXPIR\w*|METHOD|HEADER)$/i.test(name)) return false;
  if (
    /^[$({<%]|^\$|\$\(|\$\{|^(arn:|\/|https?:|file:|true$|false$|null$|none$|required$|optional$|\*+$)|\{\{/i.test(
      value,
    )
  )
    return false;
  return !pattern.test(value) && !/^X-aws-ec2-metadata-token/i.test(value);
}
