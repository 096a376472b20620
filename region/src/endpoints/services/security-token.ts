import type { Action, ActionService } from '../call.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: it needs no permission. */
export const securityToken: ActionService = {
  name: 'sts',
  actions: {
    GetCallerIdentity: (_, { session, configuration }) => ({
      UserId: `AROA${Buffer.from(session.role).toString('hex').slice(-17).toUpperCase()}:${session.name}`,
      Account: configuration.account,
      Arn: assumedRoleArn(session.role, session.name),
    }),
  } satisfies Record<string, Action>,
};

/** Who a session is: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
export function assumedRoleArn(role: string, session: string): string {
  const [, , , , account, name = ''] = role.split(':');
  return `arn:aws:sts::${account}:assumed-role/${name.split('/').at(-1)}/${session}`;
}
