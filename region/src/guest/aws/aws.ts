import { Refusal } from '../refusal.ts';
import { callJson } from '../service-call.ts';
import { applyProfile, configure } from './configure.ts';
import { type Operation, operations, targets } from './operations.ts';
import { everywhere, misuse, optionOf, readParameters } from './options.ts';
import { show } from './output.ts';
import { s3Commands } from './s3/commands.ts';

/**
 * The calls of the AWS CLI that boot scripts make. Exit codes are the CLI's own: 252 for a wrong command line, 253 for
 * credentials or region, 254 for a service's error, 255 for the rest.
 *
 * https://docs.aws.amazon.com/cli/latest/topic/return-codes.html
 */
export async function aws(words: readonly string[]): Promise<number> {
  if (words.includes('--version')) {
    process.stdout.write('aws-cli/2 (Terrace)\n');
    return 0;
  }
  const { service, verb, rest } = commandOf(words);
  if (service === 'configure') return configure([verb, ...rest]);
  const command = `${service} ${verb}`;
  const run = service === 's3' ? s3Commands[verb] : undefined;
  const operation = Object.hasOwn(operations, command) ? operations[command] : undefined;
  if (run) return run(rest);
  if (operation) return call(operation, rest);
  throw new Refusal(
    `'${command.trim()}' is not carried out in a rehearsal; known: ${awsCommands().join(', ')}`,
    misuse,
  );
}

/** All that acts, for docs/instances.md. */
export function awsCommands(): string[] {
  const s3 = Object.keys(s3Commands).map((verb) => `s3 ${verb}`);
  return ['configure get', 'configure set', ...Object.keys(operations), ...s3].sort();
}

/** The command's two words, wherever options that every command takes stand. */
function commandOf(words: readonly string[]): { service: string; verb: string; rest: readonly string[] } {
  const named: string[] = [];
  const before: string[] = [];
  let at = 0;
  for (; at < words.length && named.length < 2; at += 1) {
    const word = words[at]!;
    if (!word.startsWith('-')) named.push(word);
    else {
      before.push(word);
      if ((everywhere.valued as readonly string[]).includes(word)) {
        at += 1;
        before.push(words[at] ?? '');
      }
    }
  }
  const [service = '', verb = ''] = named;
  return { service, verb, rest: [...before, ...words.slice(at)] };
}

async function call({ service, operation, parameters, required = [], rename }: Operation, words: readonly string[]) {
  const { plain, values, input } = readParameters(words, parameters);
  if (plain.length > 0) throw new Refusal(`Unknown options: ${plain.join(', ')}`, misuse);
  const missing = required.filter((name) => !(name in input)).map(optionOf);
  if (missing.length > 0) throw new Refusal(`the following arguments are required: ${missing.join(', ')}`, misuse);
  const profile = await applyProfile(values);
  const sent = service === 'ec2' ? ec2Input(input) : input;
  const output = await callJson(service, profile.region, `${targets[service]}.${operation}`, sent);
  if (operation === 'SignalResource') return 0;
  const named = rename ? rename(output) : output;
  return show(withTimes(named), profile.values);
}

/** EC2 names a list's members by the singular. */
function ec2Input(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const filters = input.Filters as readonly Readonly<Record<string, unknown>>[] | undefined;
  return {
    ...(input.InstanceIds === undefined ? {} : { InstanceId: input.InstanceIds }),
    ...(filters === undefined ? {} : { Filter: filters.map(({ Name, Values }) => ({ Name, Value: Values })) }),
  };
}

/** Seconds of the JSON protocol as the CLI shows times. */
function withTimes(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => withTimes(each));
  if (typeof value === 'number' && /(Date|Time)$/.test(name))
    return new Date(value * 1000).toISOString().replace('Z', '000+00:00');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTimes(each, key)]));
}
