import type { AlarmState } from './alarm.ts';

/** The rule of a composite alarm, as read. */
export type AlarmRule =
  | { readonly kind: 'constant'; readonly holds: boolean }
  | { readonly kind: 'state'; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: 'not'; readonly of: AlarmRule }
  | { readonly kind: 'and' | 'or'; readonly left: AlarmRule; readonly right: AlarmRule };

export class RuleFault extends Error {
  override readonly name = 'RuleFault';
}

/**
 * Reads the rule of a composite alarm: `ALARM(name or ARN)`, `OK(…)`, `INSUFFICIENT_DATA(…)`, `TRUE`, `FALSE`, with NOT, AND and OR, of which
 * NOT binds most and OR least.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 *
 * @throws RuleFault
 */
export function parseRule(text: string): AlarmRule {
  const tokens = tokensOf(text);
  let at = 0;
  const whole = either();
  if (at < tokens.length) throw new RuleFault(`unexpected ${tokens[at]}`);
  return whole;

  function either(): AlarmRule {
    let left = both();
    while (tokens[at] === 'OR') {
      at++;
      left = { kind: 'or', left, right: both() };
    }
    return left;
  }

  function both(): AlarmRule {
    let left = one();
    while (tokens[at] === 'AND') {
      at++;
      left = { kind: 'and', left, right: one() };
    }
    return left;
  }

  function one(): AlarmRule {
    const token = tokens[at++];
    if (token === 'NOT') return { kind: 'not', of: one() };
    if (token === 'TRUE' || token === 'FALSE') return { kind: 'constant', holds: token === 'TRUE' };
    if (token === '(') {
      const inner = either();
      if (tokens[at++] !== ')') throw new RuleFault(') is missing');
      return inner;
    }
    const state = /^(ALARM|OK|INSUFFICIENT_DATA)\((.*)\)$/s.exec(token ?? '');
    if (!state) throw new RuleFault(token === undefined ? 'the rule ends too early' : `unexpected ${token}`);
    const [, kind, named] = state as unknown as [string, AlarmState, string];
    const alarm = named.trim().replace(/^(["'])(.*)\1$/s, '$2');
    if (alarm === '') throw new RuleFault(`${kind} names no alarm`);
    return { kind: 'state', state: kind, alarm };
  }
}

/** Alarms whose states a rule reads, as it names them. */
export function alarmsOf(rule: AlarmRule): string[] {
  switch (rule.kind) {
    case 'constant':
      return [];
    case 'state':
      return [rule.alarm];
    case 'not':
      return alarmsOf(rule.of);
    default:
      return [...new Set([...alarmsOf(rule.left), ...alarmsOf(rule.right)])];
  }
}

/** Whether a rule holds, which is ALARM; otherwise the composite alarm is OK. */
export function ruleHolds(rule: AlarmRule, stateOf: (alarm: string) => AlarmState | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.holds;
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !ruleHolds(rule.of, stateOf);
    case 'and':
      return ruleHolds(rule.left, stateOf) && ruleHolds(rule.right, stateOf);
    case 'or':
      return ruleHolds(rule.left, stateOf) || ruleHolds(rule.right, stateOf);
  }
}

/** A state with its alarm is one token: names hold spaces and, in quotes, brackets. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const token =
    /\s*((?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"[^"]*"|'[^']*'|[^()]*)\s*\)|AND\b|OR\b|NOT\b|TRUE\b|FALSE\b|[()])/y;
  for (const rest = text.trimEnd(); token.lastIndex < rest.length; ) {
    const from = token.lastIndex;
    const found = token.exec(rest);
    if (!found) throw new RuleFault(`unexpected ${rest.slice(from).trim().split(/\s/)[0]}`);
    tokens.push(found[1]!.replace(/^(\w+)\s*\(\s*/, '$1(').replace(/\s*\)$/, ')'));
  }
  return tokens;
}
