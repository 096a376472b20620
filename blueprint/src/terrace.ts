import {
  type App,
  CliCredentialsStackSynthesizer,
  DefaultStackSynthesizer,
  type IStackSynthesizer,
  Tags,
} from 'aws-cdk-lib';
import type { Bundles } from './bundles.ts';
import { IdentityStack } from './identity/identity-stack.ts';
import { MoneyStack } from './money/money-stack.ts';
import { project } from './money/stop-spending.ts';
import { NetworkStack } from './network/network-stack.ts';
import { ServiceStack } from './service/service-stack.ts';
import type { Deployment, Settings } from './settings/settings.ts';

export interface Terrace {
  readonly identity: IdentityStack;
  readonly money: MoneyStack;
  readonly foundation: NetworkStack;
  readonly service: ServiceStack;
}

/** The stacks, in the order in which they are deployed: who may do what, what may be spent, the network, the service. Needs neither AWS credentials nor network. */
export function addTerrace(app: App, settings: Settings, bundles: Bundles): Terrace {
  const account = process.env.CDK_DEFAULT_ACCOUNT;
  const common = (stack: 'identity' | 'money' | 'network' | 'service') => ({
    settings,
    env: { region: settings.region, ...(account ? { account } : {}) },
    secretName: 'terrace/database',
    synthesizer: synthesizer(settings.deployment, stack),
  });
  const identity = new IdentityStack(app, 'TerraceIdentity', {
    ...common('identity'),
    assetBucket: assetBucket(settings.deployment, settings.region),
  });
  const money = new MoneyStack(app, 'TerraceMoney', { ...common('money'), identity });
  const foundation = new NetworkStack(app, 'TerraceNetwork', {
    ...common('network'),
    flowLogRole: identity.flowLogRole?.attrArn ?? null,
  });
  const service = new ServiceStack(app, 'TerraceService', { ...common('service'), identity, foundation, bundles });
  for (const stack of [foundation, service]) {
    // CDK knows tags on listeners, CloudFormation's published schema does not.
    Tags.of(stack).add('Project', project, { excludeResourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'] });
  }
  return { identity, money, foundation, service };
}

/** A bootstrap for each stack where roles deploy, so that who may deploy the one may not deploy the other. */
const qualifiers = { network: 'terracenet', service: 'terracesvc' } as const;

/**
 * How a stack is deployed. Identity and money are always deployed by an administrator's own permissions: the policies that the other
 * stacks' bootstraps are given stand in it, and a role that could deploy it would be an administrator's.
 */
function synthesizer(deployment: Deployment, stack: 'identity' | 'money' | 'network' | 'service'): IStackSynthesizer {
  const made =
    deployment === 'roles' && (stack === 'network' || stack === 'service')
      ? new DefaultStackSynthesizer({ qualifier: qualifiers[stack], generateBootstrapVersionRule: false })
      : new CliCredentialsStackSynthesizer();
  // CDK's own classes do not fit their own interface where optional properties are exact.
  return made as IStackSynthesizer;
}

/** The bucket of the service's assets, with `ACCOUNT` for the stack's own. */
function assetBucket(deployment: Deployment, region: string): string {
  const qualifier = deployment === 'roles' ? qualifiers.service : DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  return `cdk-${qualifier}-assets-ACCOUNT-${region}`;
}
