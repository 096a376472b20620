import type { Parameter } from '@terrace/cloud/views/secrets';
import { AwsError } from '../aws-error.ts';
import type { Action, ActionService, Call } from '../call.ts';
import { requiredText, texts } from '../input.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export const systemsManager: ActionService = {
  name: 'ssm',
  actions: {
    GetParameter: async (input, call) => {
      const name = requiredText(input, 'Name');
      await call.authorize('ssm:GetParameter', arnOf(call, name));
      const found = find(call, name);
      if (!found) throw new AwsError(400, 'ParameterNotFound', `Parameter ${name} not found.`);
      return { Parameter: described(found) };
    },

    GetParameters: async (input, call) => {
      const names = texts(input, 'Names');
      for (const name of names) await call.authorize('ssm:GetParameters', arnOf(call, name));
      return {
        Parameters: names.flatMap((name) => find(call, name) ?? []).map(described),
        InvalidParameters: names.filter((name) => !find(call, name)),
      };
    },

    GetParametersByPath: async (input, call) => {
      const path = requiredText(input, 'Path').replace(/\/$/, '');
      await call.authorize('ssm:GetParametersByPath', arnOf(call, path === '' ? '/' : path));
      const below = call.configuration.parameters.filter(({ name }) => {
        if (!name.startsWith(`${path}/`)) return false;
        return input.Recursive === true || !name.slice(path.length + 1).includes('/');
      });
      return { Parameters: below.map(described) };
    },

    DescribeParameters: async (_, call) => {
      await call.authorize('ssm:DescribeParameters', '*');
      return {
        Parameters: call.configuration.parameters.map(({ name, type, arn }) => ({ Name: name, Type: type, ARN: arn })),
      };
    },
  } satisfies Record<string, Action>,
};

/** By name, by ARN, or with a version behind a colon. */
function find({ configuration }: Call, reference: string): Parameter | undefined {
  const name = reference.startsWith('arn:') ? reference : reference.split(':')[0];
  return configuration.parameters.find((each) => each.name === name || each.arn === name);
}

function described({ name, type, value, arn }: Parameter) {
  return { Name: name, Type: type, Value: value, Version: 1, ARN: arn, DataType: 'text' };
}

function arnOf({ configuration }: Call, name: string): string {
  if (name.startsWith('arn:')) return name;
  const plain = name.split(':')[0]!;
  const { region, account } = configuration;
  return `arn:aws:ssm:${region}:${account}:parameter${plain.startsWith('/') ? '' : '/'}${plain}`;
}
