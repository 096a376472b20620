import { describe, expect, test } from 'vitest';
import { endpointsOf, type Project, projectOf } from '../../../region/test/connectivity-project.ts';
import {
  elasticIp,
  gateway,
  group,
  instance,
  type Resources,
  subnet,
  table,
  template,
  vpc,
} from '../../../region/test/connectivity-templates.ts';
import { ask, openReach } from '../reach/ask/ask.ts';
import { formatOf, render } from './diagram.ts';
import { allBoxes, allItems, drawNetwork } from './drawing.ts';
import { reachLinks, withLinks } from './flows.ts';
import { drawAnswer, drawDifference } from './marks.ts';

const parts: readonly Resources[] = [
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  subnet('B', 'Vpc', '10.20.2.0/24'),
  gateway('Vpc'),
  table('Public', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway']),
  group('WebGroup', 'Vpc', ['tcp 80 0.0.0.0/0'], ['tcp 8080 WasGroup']),
  group('WasGroup', 'Vpc', ['tcp 8080 10.20.1.0/24'], ['-1 127.0.0.1/32']),
  instance('Web', 'A', ['WebGroup']),
  elasticIp('Address', 'Web'),
  instance('Was', 'B', ['WasGroup']),
];

function drawn({ network }: Project) {
  return withLinks(drawNetwork(network, 'A <picture> & more'), reachLinks(network));
}

describe('a drawing', () => {
  test('has VPCs, zones, public and private subnets, what stands in them, and what is open', async () => {
    const drawing = drawn(await projectOf(template(...parts)));
    expect(allBoxes(drawing).map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'vpc Vpc',
      'zone ap-northeast-2a',
      'public-subnet A',
      'private-subnet B',
    ]);
    expect(allItems(drawing).map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'internet internet',
      'internet-gateway VpcGateway',
      'instance Web',
      'instance Was',
    ]);
    const names = new Map(allItems(drawing).map((each) => [each.id, each.label]));
    expect(
      drawing.links
        .filter(({ kind }) => kind === 'flow')
        .map(({ from, to, label }) => `${names.get(from)} → ${names.get(to)} ${label}`),
    ).toEqual(['Web → Was tcp 8080', 'internet → VpcGateway tcp 80', 'VpcGateway → Web tcp 80']);
  });

  test('becomes an SVG that holds its own icons and escapes its words', async () => {
    const text = await render(drawn(await projectOf(template(...parts))), 'svg');
    expect(text).toContain('<title>A &lt;picture&gt; &amp; more</title>');
    for (const kind of ['internet', 'internet-gateway', 'instance'])
      expect(text).toContain(`<symbol id="icon-${kind}"`);
    expect(text).not.toMatch(/href="(?!#)/);
    expect(text.match(/NaN|undefined/)).toBeNull();
  });

  test('becomes a draw.io file in which every line has its two ends', async () => {
    const drawing = drawn(await projectOf(template(...parts)));
    const text = await render(drawing, 'drawio');
    const ids = new Set([...text.matchAll(/<mxCell id="([^"]+)"/g)].map((match) => match[1]));
    const ends = [...text.matchAll(/source="([^"]+)" target="([^"]+)"/g)].flatMap((match) => [match[1], match[2]]);
    expect(ends).toHaveLength(2 * drawing.links.length);
    expect(ends.filter((end) => !ids.has(end))).toEqual([]);
  });

  test('becomes a Mermaid flowchart', async () => {
    const text = await render(drawn(await projectOf(template(...parts))), 'mermaid');
    expect(text).toContain('flowchart LR');
    expect(text).toContain('subgraph n0["Vpc<br/>10.20.0.0/16"]');
    expect(text).toMatch(/n\d+ -->\|"tcp 8080"\| n\d+/);
  });

  test('marks what a change adds and takes away', async () => {
    const before = drawn(await projectOf(template(...parts)));
    const after = drawn(
      await projectOf(template(...parts.filter((each) => !('Was' in each)), instance('New', 'B', ['WasGroup']))),
    );
    const marks = allItems(drawDifference(before, after)).map(({ label, mark }) => `${label} ${mark}`);
    expect(marks).toContain('New added');
    expect(marks).toContain('Was removed');
    expect(marks).toContain('Web plain');
  });

  test('shows a question’s way green, and what stands in it red', async () => {
    const project = await projectOf(template(...parts));
    const asked = (port: number) =>
      ask(openReach(project.network), {
        from: endpointsOf(project, 'Web'),
        to: endpointsOf(project, 'Was'),
        traffic: [port, port],
      });
    const marks = (port: number) => {
      const drawing = drawAnswer(drawn(project), project.network, asked(port), 'asked');
      return [
        drawing.links.find(({ label }) => label === 'asked')!.mark,
        ...allItems(drawing)
          .filter(({ kind }) => kind === 'instance')
          .map(({ mark }) => mark),
      ];
    };
    expect(marks(8080)).toEqual(['good', 'good', 'good']);
    expect(marks(22)).toEqual(['bad', 'bad', 'bad']);
  });

  test.each([
    ['a.svg', 'svg'],
    ['a.drawio', 'drawio'],
    ['a.mmd', 'mermaid'],
    ['a.png', undefined],
  ])('is written to %s as %s', (file, format) => {
    expect(formatOf(file)).toBe(format);
  });
});
