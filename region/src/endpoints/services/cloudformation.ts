import { instanceIdentity } from '../../credentials/session.ts';
import { AwsError } from '../aws-error.ts';
import type { Action, ActionService, Call } from '../call.ts';
import type { StackConfiguration } from '../configuration.ts';
import { requiredText } from '../input.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/ */
export const cloudFormation: ActionService = {
  name: 'cloudformation',
  actions: {
    SignalResource: async (input, call) => {
      const stack = requiredText(input, 'StackName');
      const logicalId = requiredText(input, 'LogicalResourceId');
      const uniqueId = requiredText(input, 'UniqueId');
      const status = requiredText(input, 'Status');
      const found = call.configuration.stacks.find(({ name, id }) => name === stack || id === stack);
      await permit(call, 'SignalResource', stack, found);
      const resource = found?.resources.find((each) => each.logicalId === logicalId);
      if (!found || !resource) {
        throw new AwsError(400, 'ValidationError', `Resource ${logicalId} does not exist for stack ${stack}`);
      }
      if (status !== 'SUCCESS' && status !== 'FAILURE') {
        throw new AwsError(400, 'ValidationError', `Status must be SUCCESS or FAILURE, not ${status}`);
      }
      call.emit({ kind: 'signal', stack: found.name, logicalId, uniqueId, status });
      return undefined;
    },

    DescribeStackResource: async (input, call) => {
      const stack = await permitted(call, 'DescribeStackResource', requiredText(input, 'StackName'));
      const logicalId = requiredText(input, 'LogicalResourceId');
      const resource = stack.resources.find((each) => each.logicalId === logicalId);
      if (!resource)
        throw new AwsError(400, 'ValidationError', `Resource ${logicalId} does not exist for stack ${stack.name}`);
      return {
        StackResourceDetail: {
          StackName: stack.name,
          StackId: stack.id,
          LogicalResourceId: logicalId,
          PhysicalResourceId: resource.physicalId,
          ResourceType: resource.type,
          ResourceStatus: 'CREATE_COMPLETE',
          Metadata: JSON.stringify(resource.metadata),
        },
      };
    },

    DescribeStackResources: async (input, call) => {
      const stack = await permitted(call, 'DescribeStackResources', requiredText(input, 'StackName'));
      return {
        StackResources: stack.resources.map(({ logicalId, physicalId, type }) => ({
          StackName: stack.name,
          StackId: stack.id,
          LogicalResourceId: logicalId,
          PhysicalResourceId: physicalId,
          ResourceType: type,
          ResourceStatus: 'CREATE_COMPLETE',
        })),
      };
    },
  } satisfies Record<string, Action>,
};

async function permitted(call: Call, action: string, reference: string): Promise<StackConfiguration> {
  const stack = call.configuration.stacks.find(({ name, id }) => name === reference || id === reference);
  await permit(call, action, reference, stack);
  if (!stack) throw new AwsError(400, 'ValidationError', `Stack '${reference}' does not exist`);
  return stack;
}

/**
 * An instance that says no more than which it is may do this with its own stack, without a permission; who has credentials needs one.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-helper-scripts-reference.html#cfn-helper-scripts-reference-permissions
 */
async function permit(call: Call, action: string, reference: string, stack: StackConfiguration | undefined) {
  if (call.session.role !== instanceIdentity(call.configuration.account))
    return call.authorize(`cloudformation:${action}`, stack?.id ?? arnOf(call, reference));
  const instance = call.configuration.instances.find(({ id }) => id === call.session.name);
  if (helperActions.includes(action) && stack && instance?.stack === stack.name) return;
  throw new AwsError(
    403,
    'AccessDenied',
    `Instance ${call.session.name} is not allowed to call ${action} on stack ${reference}: ${instance?.stack === null || !instance ? 'it belongs to no stack' : `it belongs to ${instance.stack}`}`,
  );
}

const helperActions = ['SignalResource', 'DescribeStackResource'];

function arnOf({ configuration: { region, account } }: Call, stack: string): string {
  return stack.startsWith('arn:') ? stack : `arn:aws:cloudformation:${region}:${account}:stack/${stack}/*`;
}
