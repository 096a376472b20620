import { functions, NoData } from './functions.ts';
import { type Expression, ExpressionFault, type Operator, parseExpression } from './parse.ts';
import { isArray, type Timeline, type Value, type Values, zip } from './value.ts';

/** A metric of an alarm, or an expression over others, by its id. */
export type MathQuery = { readonly id: string } & ({ readonly values: Values } | { readonly expression: string });

/**
 * The values of one query, period by period; those that it names are evaluated before it.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 *
 * @throws ExpressionFault where it cannot be read, names nothing that there is, goes in a circle, or is no single time series
 */
export function evaluateQuery(id: string, queries: readonly MathQuery[], timeline: Timeline): Values {
  const metrics = queries.flatMap((each) => ('values' in each ? [each] : []));
  const known = new Map<string, Value>(metrics.map(({ id: name, values }) => [name, values]));
  const asked = new Set<string>();
  try {
    return single(named(id));
  } catch (error) {
    if (error instanceof NoData) return timeline.starts.map(() => null);
    throw error;
  }

  function named(name: string): Value {
    const found = known.get(name);
    if (found !== undefined) return found;
    const query = queries.find((each) => each.id === name);
    if (!query || 'values' in query) throw new ExpressionFault(`nothing has the id ${name}`);
    if (asked.has(name)) throw new ExpressionFault(`${name} refers to itself`);
    asked.add(name);
    const result = computed(parseExpression(query.expression));
    known.set(name, result);
    return result;
  }

  function computed(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'text':
        throw new ExpressionFault(`"${expression.value}" is no number`);
      case 'name':
        return named(expression.name);
      case 'list':
        return { series: expression.items.map(computed).flatMap(seriesOf) };
      case 'negative':
        return zip([computed(expression.of)], ([value]) => -value!);
      case 'operation': {
        const combine = operators[expression.operator];
        return zip([computed(expression.left), computed(expression.right)], ([left, right]) => combine(left!, right!));
      }
      case 'call':
        return called(expression);
    }
  }

  function called({ name, arguments: given }: Extract<Expression, { kind: 'call' }>): Value {
    if (name === 'METRICS') {
      const part = given[0]?.kind === 'text' ? given[0].value : '';
      return { series: metrics.filter((each) => each.id.includes(part)).map(({ values }) => values) };
    }
    const known = functions[name];
    if (!known) throw new ExpressionFault(`the function ${name} is not known`);
    const { least, most, apply } = known;
    if (given.length < least || given.length > most) throw new ExpressionFault(`${name} has ${given.length} arguments`);
    const word = given.at(-1)?.kind === 'name' ? (given.at(-1) as { name: string }).name : null;
    const isWord = word !== null && known.words.includes(word);
    return apply(given.slice(0, isWord ? -1 : undefined).map(computed), timeline, isWord ? word : null);
  }
}

function single(value: Value): Values {
  if (typeof value === 'number') throw new ExpressionFault('it is a single number and no time series');
  if (!isArray(value)) return value;
  if (value.series.length !== 1) throw new ExpressionFault(`it is ${value.series.length} time series and not one`);
  return value.series[0]!;
}

function seriesOf(value: Value): readonly Values[] {
  if (typeof value === 'number') throw new ExpressionFault('an array holds time series, no numbers');
  return isArray(value) ? value.series : [value];
}

const operators: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  OR: (left, right) => Number(left !== 0 || right !== 0),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
};
