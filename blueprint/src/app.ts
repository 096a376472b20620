import { App, CliCredentialsStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';
import { arcadeBundles, BundlesAbsent } from './bundles.ts';
import { IdentityStack } from './identity-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { classroom, type Settings } from './settings.ts';

/** What `cdk.json` runs: reads what was asked for and synthesizes the three stacks, without AWS credentials or network. */
function synthesize(): void {
  const app = new App({ analyticsReporting: false });
  const settings: Settings = classroom;
  const account = process.env.CDK_DEFAULT_ACCOUNT;
  const common = {
    settings,
    env: { region: settings.region, ...(account ? { account } : {}) },
    secretName: 'terrace/database',
  };
  // CDK's own class does not fit its own interface where optional properties are exact.
  const synthesizer = () => new CliCredentialsStackSynthesizer() as IStackSynthesizer;
  const stack = () => ({ ...common, synthesizer: synthesizer() });
  const identity = new IdentityStack(app, 'TerraceIdentity', {
    ...stack(),
    assetBucket: `cdk-hnb659fds-assets-\${AWS::AccountId}-${settings.region}`,
  });
  const foundation = new NetworkStack(app, 'TerraceNetwork', stack());
  new ServiceStack(app, 'TerraceService', { ...stack(), identity, foundation, bundles: arcadeBundles() });
  app.synth();
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof BundlesAbsent)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
