import type { Session } from '../../credentials/session.ts';
import type { Action, ActionService } from '../call.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: it needs no permission. */
export const securityToken: ActionService = {
  name: 'sts',
  actions: {
    GetCallerIdentity: (_, { session, configuration }) => ({
      UserId: userId(session),
      Account: configuration.account,
      Arn: assumedRoleArn(session.role, session.name),
    }),
  } satisfies Record<string, Action>,
};

/** The role's unique id and the session's name. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
export function userId({ role, name }: Session): string {
  return `AROA${Buffer.from(role).toString('hex').slice(-17).toUpperCase()}:${name}`;
}

/** Who a session is: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
export function assumedRoleArn(role: string, session: string): string {
  const [, , , , account, name = ''] = role.split(':');
  return `arn:aws:sts::${account}:assumed-role/${name.split('/').at(-1)}/${session}`;
}
