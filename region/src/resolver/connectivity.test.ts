import { formatAddress, holdsAddress, parseAddress, parsePrefix } from '@terrace/cloud/address';
import { formatAddress6 } from '@terrace/cloud/address6';
import { namesView } from '@terrace/cloud/views/names';
import { address6Of } from '@terrace/cloud/views/network';
import { describe, expect, test } from 'vitest';
import type { QuestionCase } from '../../test/connectivity/case.ts';
import { connectivityCases } from '../../test/connectivity/cases.ts';
import { endpointsOf, type Project, projectOf } from '../../test/connectivity-project.ts';
import { answer } from './answer.ts';
import { vpcResolver } from './compile.ts';

/** The same table runs over the kernel in region/test/connectivity.test.ts. */
describe('the resolver says what AWS documents', () => {
  const rows = connectivityCases.filter((each): each is QuestionCase => each.kind === 'question');

  test.each(rows)('$fact: $from asks $resolver for $type of $name', async (row) => {
    const project = await projectOf(row.template);
    const expected =
      typeof row.answer === 'string' ? row.answer : row.answer.map((each) => addressOf(project, each)).sort();
    expect(said(project, row)).toEqual(expected);
  });
});

function said(project: Project, { from, name, type, resolver }: QuestionCase): readonly string[] | string {
  const names = namesView(project.inventory, project.network);
  const asker = endpointsOf(project, from).interfaces[0]!;
  const configuration = names.vpcs
    .map(({ id }) => ({ id, ...vpcResolver(names, id) }))
    .filter(({ id }) => resolver !== '169.254.169.253' || id === asker.vpc)
    .find(({ listen }) => listen.some(({ address }) => address === resolver));
  const isClient = configuration?.clients?.some((range) => holdsAddress(parsePrefix(range)!, asker.addresses[0]!));
  if (!configuration || !isClient) return 'silence';
  const called = name.replace(/^name:/, '');
  const owner = endpointsOf(project, called === name ? from : called).interfaces[0]!.owner;
  const given =
    owner.kind === 'load-balancer'
      ? names.balancers.find(({ id }) => id === owner.id)?.name
      : names.instances.find(({ id }) => owner.kind === 'instance' && id === owner.id)?.publicName;
  const { outcome, answers } = answer(configuration, { name: called === name ? name : given!, type });
  if (outcome !== 'found') return outcome === 'no-such-name' ? 'no such name' : outcome;
  return answers.map((each) => ('data' in each ? String(each.data) : '')).sort();
}

function addressOf(project: Project, reference: string): string {
  const [kind, name] = reference.split(':');
  if (name === undefined || parseAddress(reference) !== undefined) return reference;
  const found = endpointsOf(project, name).interfaces[0]!;
  if (kind === 'six') return formatAddress6(address6Of(project.network, found.id)!);
  return formatAddress(kind === 'public' ? found.publicAddress! : found.addresses[0]!);
}
