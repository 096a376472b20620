import { AwsError } from './aws-error.ts';

/** A text that an action cannot do without. */
export function requiredText(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value === '') {
    throw new AwsError(400, 'ValidationException', `The parameter ${name} is required.`);
  }
  return value;
}

export function optionalText(input: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** A list of a JSON call, or of a query call as `Name.1`, `Name.member.2`. */
export function list(input: Readonly<Record<string, unknown>>, name: string): unknown[] {
  const value = input[name];
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return [];
  const members = (value as Record<string, unknown>).member ?? value;
  return Object.entries(members as Record<string, unknown>)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, each]) => each);
}

export function texts(input: Readonly<Record<string, unknown>>, name: string): string[] {
  return list(input, name).map(String);
}

/** Time stamps of JSON protocols are seconds. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
