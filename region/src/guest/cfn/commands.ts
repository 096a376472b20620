import { BuildError } from './build-error.ts';
import { isTrue } from './is-true.ts';
import type { BuildLog } from './log.ts';
import type { Section } from './metadata.ts';
import { reasonIn, run, runLogged } from './run.ts';

/**
 * Runs commands in the alphabetical order of their names; returns those that ran. `waitAfterCompletion` waits for a restart of Windows and means
 * nothing on Linux.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-commands
 */
export function runCommands(given: Section, log: BuildLog): readonly string[] {
  return Object.keys(given)
    .sort()
    .filter((name) => {
      const { command, env, cwd, test, ignoreErrors } = (given[name] ?? {}) as Section;
      if (command === undefined)
        throw new BuildError(`${name} does not specify the 'command' attribute, which is required`);
      const around = {
        environment: env === undefined ? undefined : strings(env as Section),
        folder: cwd === undefined ? undefined : String(cwd).replace(/^~(?=$|\/)/, '/root'),
      };
      if (test !== undefined) {
        const { status } = run(words(test), around);
        if (status !== 0) {
          log.info(`Test failed with code ${status}`);
          return false;
        }
      }
      const ended = runLogged(log, `Command ${name}`, words(command), around);
      if (ended.status === 0) {
        log.info(`Command ${name} succeeded`);
        return true;
      }
      log.error(`Command ${name} (${JSON.stringify(command)}) failed`);
      if (!isTrue(ignoreErrors)) throw new BuildError(`Command ${name} failed`, reasonIn(ended));
      log.info('ignoreErrors set to true, continuing build');
      return true;
    });
}

function words(command: unknown): string | readonly string[] {
  return Array.isArray(command) ? command.map(String) : String(command);
}

/** It overwrites the environment and does not add to it. */
function strings(given: Section): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}
