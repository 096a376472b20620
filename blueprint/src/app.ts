import { App } from 'aws-cdk-lib';
import { arcadeBundles, BundlesAbsent } from './bundles.ts';
import type { SettingMistake } from './settings/settings.ts';
import { settingsFromContext } from './settings/settings-from-context.ts';
import { addTerrace } from './terrace.ts';

/** What `cdk.json` runs: reads the settings from CDK's context and synthesizes. Exit code 2 says that the user has to change something. */
function main(): void {
  const app = new App({
    analyticsReporting: false,
    context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
  });
  const read = settingsFromContext(app.node.getAllContext() as Readonly<Record<string, unknown>>);
  if (!read.ok) {
    refuse(read.mistakes.map(describe));
    return;
  }
  try {
    addTerrace(app, read.settings, arcadeBundles());
  } catch (error) {
    if (!(error instanceof BundlesAbsent)) throw error;
    refuse([error.message]);
    return;
  }
  app.synth();
}

function describe({ setting, cause, next }: SettingMistake): string {
  const english = `  ${cause.en}\n  → ${next.en}`;
  const korean = `  ${cause.ko}\n  → ${next.ko}`;
  return `SETTING  ${setting}\n${english}\n${korean}`;
}

function refuse(messages: readonly string[]): void {
  process.stderr.write(`${messages.join('\n')}\n`);
  process.exitCode = 2;
}

main();
