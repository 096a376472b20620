import type { RuleCondition } from '@terrace/cloud/views/balancing/rules';

/**
 * A listener rule's conditions as one HAProxy condition, `{ … } { … }`, all of which must hold.
 *
 * Paths are compared with their case; hosts, headers and query strings without it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function conditionExpression(conditions: readonly RuleCondition[]): string {
  return conditions.map(expression).join(' ');
}

function expression(condition: RuleCondition): string {
  switch (condition.field) {
    case 'path-pattern':
      return `{ path -m reg ${patterns(condition)} }`;
    case 'host-header':
      return `{ req.hdr(host),field(1,:) -i -m reg ${patterns(condition)} }`;
    case 'http-header':
      return `{ req.hdr(${condition.name.replace(/[^A-Za-z0-9_-]/g, '')}) -i -m reg ${patterns(condition)} }`;
    case 'http-request-method':
      return `{ method ${condition.values.map((value) => value.replace(/[^A-Z_-]/g, '')).join(' ')} }`;
    case 'source-ip':
      return `{ src ${condition.values.filter((value) => /^[0-9./]+$/.test(value)).join(' ')} }`;
    case 'query-string':
      return `{ query -i -m reg ${condition.values.map(({ key, value }) => quoted(queryPattern(key, value))).join(' ')} }`;
  }
}

function patterns({
  values,
  expressions = [],
}: {
  readonly values: readonly string[];
  readonly expressions?: readonly string[];
}): string {
  return [...values.map((value) => `^${pattern(value)}$`), ...expressions].map(quoted).join(' ');
}

/** `a=1&b=2`: a value without a key may be any key's. */
function queryPattern(key: string | null, value: string): string {
  return `(^|&)${key === null ? '[^&=]*' : pattern(key)}=${pattern(value, '[^&]')}(&|$)`;
}

/** A pattern of AWS as a regular expression: `*` is any characters, `?` one, `\` takes the next for itself. */
export function pattern(text: string, any = '.'): string {
  return text.replace(/\\([*?])|([*?])|([.+^${}()|[\]\\/])/g, (_all, escaped, wildcard, special) => {
    if (escaped) return `\\${escaped}`;
    if (wildcard) return wildcard === '*' ? `${any}*` : any;
    return special === '/' ? '/' : `\\${special}`;
  });
}

/** A word of HAProxy's configuration that nothing in it can break out of. */
export function quoted(text: string): string {
  return `'${text.replace(/[\r\n\0]/g, ' ').replaceAll("'", `'\\''`)}'`;
}
