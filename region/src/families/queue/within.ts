import { AwsError } from '../../endpoints/aws-error.ts';

/** A whole number of a call within its limits; `undefined` where it is not stated. */
export function within(
  input: Readonly<Record<string, unknown>>,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const stated = input[name];
  if (stated === undefined || stated === null) return undefined;
  const value = Number(stated);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AwsError(
    400,
    'InvalidParameterValue',
    `Value ${String(stated)} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}
