import { AwsError } from '../aws-error.ts';
import type { Action, ActionService, Call } from '../call.ts';
import type { InstanceDescription } from '../configuration.ts';
import { list, texts } from '../input.ts';

/** The describing actions that boot scripts use. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
export const computeCloud: ActionService = {
  name: 'ec2',
  actions: {
    DescribeInstances: async (input, call) => {
      await call.authorize('ec2:DescribeInstances', '*');
      const wanted = texts(input, 'InstanceId');
      const missing = wanted.find((id) => !call.configuration.instances.some((each) => each.id === id));
      if (missing !== undefined) {
        throw new AwsError(400, 'InvalidInstanceID.NotFound', `The instance ID '${missing}' does not exist`);
      }
      const found = filtered(input, call).filter(({ id }) => wanted.length === 0 || wanted.includes(id));
      return {
        reservationSet: found.map((instance) => ({
          reservationId: `r-${instance.id.slice(2)}`,
          ownerId: call.configuration.account,
          groupSet: [],
          instancesSet: [described(instance)],
        })),
      };
    },

    DescribeTags: async (input, call) => {
      await call.authorize('ec2:DescribeTags', '*');
      const filters = filtersOf(input);
      const all = call.configuration.instances.flatMap(({ id, tags }) =>
        Object.entries(tags).map(([key, value]) => ({ resourceId: id, resourceType: 'instance', key, value })),
      );
      const field = {
        'resource-id': 'resourceId',
        'resource-type': 'resourceType',
        key: 'key',
        value: 'value',
      } as const;
      return {
        tagSet: all.filter((tag) =>
          filters.every(({ name, values }) => {
            const named = field[name as keyof typeof field];
            if (named === undefined) throw unknownFilter(name);
            return values.includes(tag[named]);
          }),
        ),
      };
    },
  } satisfies Record<string, Action>,
};

function described(instance: InstanceDescription) {
  return {
    instanceId: instance.id,
    imageId: instance.imageId,
    instanceState: { code: 16, name: 'running' },
    privateDnsName: instance.privateName,
    dnsName: instance.publicName ?? '',
    instanceType: instance.type,
    placement: { availabilityZone: instance.zone, tenancy: 'default' },
    monitoring: { state: 'disabled' },
    subnetId: instance.subnet,
    vpcId: instance.vpc,
    privateIpAddress: instance.privateAddress,
    ipAddress: instance.publicAddress,
    groupSet: instance.securityGroups.map(({ id, name }) => ({ groupId: id, groupName: name })),
    tagSet: Object.entries(instance.tags).map(([key, value]) => ({ key, value })),
  };
}

function filtered(input: Readonly<Record<string, unknown>>, { configuration }: Call): InstanceDescription[] {
  const filters = filtersOf(input);
  return configuration.instances.filter((instance) =>
    filters.every(({ name, values }) => {
      const value = filterValue(instance, name);
      return value !== undefined && values.some((pattern) => matches(pattern, value));
    }),
  );
}

function filterValue(instance: InstanceDescription, filter: string): string | undefined {
  if (filter.startsWith('tag:')) return instance.tags[filter.slice(4)];
  switch (filter) {
    case 'instance-id':
      return instance.id;
    case 'instance-state-name':
      return 'running';
    case 'vpc-id':
      return instance.vpc;
    case 'subnet-id':
      return instance.subnet;
    case 'availability-zone':
      return instance.zone;
    case 'private-ip-address':
      return instance.privateAddress;
    case 'instance-type':
      return instance.type;
    default:
      throw unknownFilter(filter);
  }
}

function filtersOf(input: Readonly<Record<string, unknown>>): { name: string; values: string[] }[] {
  return list(input, 'Filter').map((each) => {
    const filter = each as Record<string, unknown>;
    return { name: String(filter.Name), values: texts(filter, 'Value') };
  });
}

function unknownFilter(name: string): AwsError {
  return new AwsError(400, 'InvalidParameterValue', `Terrace does not carry out the filter '${name}'`);
}

function matches(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}
