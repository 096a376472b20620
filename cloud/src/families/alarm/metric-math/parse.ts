/** An expression of metric math, as read. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  /** A metric or another expression by its id, or a word that a function knows, such as `REPEAT`. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Expression; readonly right: Expression };

/** From those that bind least to those that bind most. */
const levels = [['OR'], ['AND'], ['==', '!=', '<=', '>=', '<', '>'], ['+', '-'], ['*', '/'], ['^']] as const;
export type Operator = (typeof levels)[number][number];

/** An expression that cannot be read, or not be evaluated, and why. */
export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';
}

/**
 * Reads an expression of metric math.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax
 *
 * @throws ExpressionFault
 */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  let at = 0;
  const whole = operation(0);
  if (at < tokens.length) throw new ExpressionFault(`unexpected ${tokens[at]}`);
  return whole;

  function operation(level: number): Expression {
    const operators: readonly string[] | undefined = levels[level];
    if (!operators) return signed();
    let left = operation(level + 1);
    while (operators.includes(meaningOf(tokens[at]))) {
      const operator = meaningOf(tokens[at++]) as Operator;
      left = { kind: 'operation', operator, left, right: operation(level + 1) };
    }
    return left;
  }

  function signed(): Expression {
    if (tokens[at] !== '-') return operand();
    at++;
    return { kind: 'negative', of: signed() };
  }

  function operand(): Expression {
    const token = tokens[at++];
    if (token === undefined) throw new ExpressionFault('the expression ends too early');
    if (token === '(') return followedBy(')', operation(0));
    if (token === '[') return { kind: 'list', items: listUntil(']') };
    if (/^[\d.]/.test(token)) return { kind: 'number', value: Number(token) };
    if (/^["']/.test(token)) return { kind: 'text', value: token.slice(1, -1) };
    if (!/^[A-Za-z]/.test(token)) throw new ExpressionFault(`unexpected ${token}`);
    if (tokens[at] !== '(') return { kind: 'name', name: token };
    at++;
    return { kind: 'call', name: token.toUpperCase(), arguments: listUntil(')') };
  }

  function listUntil(end: string): Expression[] {
    const items: Expression[] = [];
    if (tokens[at] !== end) {
      do items.push(operation(0));
      while (tokens[at] === ',' && at++ >= 0);
    }
    return followedBy(end, items);
  }

  function followedBy<T>(token: string, value: T): T {
    if (tokens[at++] !== token) throw new ExpressionFault(`${token} is missing`);
    return value;
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const token =
    /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|("[^"]*"|'[^']*')|([A-Za-z][A-Za-z0-9_]*)|(<=|>=|==|!=|&&|\|\||[-+*/^<>()[\],]))/y;
  for (const rest = text.trimEnd(); token.lastIndex < rest.length; ) {
    const from = token.lastIndex;
    const found = token.exec(rest);
    if (!found) throw new ExpressionFault(`unexpected ${rest.slice(from).trim().slice(0, 1)}`);
    tokens.push(found[0].trim());
  }
  return tokens;
}

function meaningOf(token: string | undefined): string {
  if (token === '&&') return 'AND';
  return token === '||' ? 'OR' : (token ?? '');
}
