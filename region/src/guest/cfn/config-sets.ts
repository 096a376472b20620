import { BuildError } from './build-error.ts';
import type { Section } from './metadata.ts';

/** A configuration of `AWS::CloudFormation::Init`, by name. */
export interface Configuration {
  readonly name: string;
  readonly sections: Section;
}

/**
 * The configurations of a config set, in order. Without config sets there is one, `default`, with the configuration `config`.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-configsets
 */
export function configurationsOf(init: Section, asked: string): readonly Configuration[] {
  const sets = init.configSets;
  if (sets === undefined) {
    if (asked !== 'default') throw new BuildError(`Error: no ConfigSet named ${asked} exists`);
    return [{ name: 'config', sections: (init.config ?? {}) as Section }];
  }
  if (typeof sets !== 'object' || sets === null || Array.isArray(sets))
    throw new BuildError('configSets should be a mapping of name to list');
  // The real one reads all sets before it begins, and refuses each that is not right, whether it is asked for or not.
  for (const name of Object.keys(sets)) membersOf(init, sets as Section, name, []);
  if (!Object.hasOwn(sets, asked)) throw new BuildError(`Error: no ConfigSet named ${asked} exists`);
  return membersOf(init, sets as Section, asked, []);
}

function membersOf(init: Section, sets: Section, set: string, above: readonly string[]): readonly Configuration[] {
  if (!Object.hasOwn(sets, set)) throw new BuildError(`Configuration set ${set} was referenced but not defined`);
  if (above.includes(set))
    throw new BuildError(
      `At least one circular dependency detected; this is not allowed. Culprits: ${[...above, set].join(', ')}`,
    );
  const given = sets[set];
  const members: readonly unknown[] = Array.isArray(given) ? given.flat(Number.POSITIVE_INFINITY) : [given];
  return members.flatMap((member): readonly Configuration[] => {
    if (typeof member === 'string') {
      if (!Object.hasOwn(init, member)) throw new BuildError(`No configuration found with name: ${member}`);
      return [{ name: member, sections: (init[member] ?? {}) as Section }];
    }
    const inner = (member as Section | null)?.ConfigSet;
    if (typeof inner !== 'string')
      throw new BuildError(
        "Config definitions must be either a config name or a reference in the format {'ConfigSet':<config set name>}",
      );
    return membersOf(init, sets, inner, [...above, set]);
  });
}
