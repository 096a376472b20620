/** An error as AWS's APIs answer it: thrown by whatever handles a call, written in the call's own protocol. */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function accessDenied(caller: string, action: string, resource: string, explicit: boolean): AwsError {
  const because = explicit ? 'with an explicit deny' : `because no identity-based policy allows the ${action} action`;
  return new AwsError(
    403,
    'AccessDenied',
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  );
}

/** An action of AWS that the rehearsal does not have: said as it is, never answered with something made up. */
export function notCarriedOut(service: string, action: string): AwsError {
  return new AwsError(
    service === 's3' ? 501 : 400,
    'NotImplemented',
    `Terrace does not carry out ${service}:${action}. On AWS it would be; in this region it has no effect.`,
  );
}
