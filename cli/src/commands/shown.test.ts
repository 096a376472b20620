import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, JsonObject } from '@terrace/cloud/json';
import {
  allResourceTypes,
  type PropertyTypes,
  type ResourceType,
  resourceType,
  type ValueType,
} from '@terrace/cloud/specification/resource-type';
import { isSecretProperty, shownProperty } from '@terrace/cloud/specification/secret-properties';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandDefinition } from '../command.ts';
import { hostile, raw } from '../terminal/hostile.fixture.ts';
import { openTerminal } from '../terminal/terminal.ts';
import { command as access } from './access.ts';
import { command as budget } from './budget.ts';
import { command as check } from './check.ts';
import { command as cost } from './cost.ts';
import { command as diagram } from './diagram.ts';
import { command as edge } from './edge.ts';
import { command as reach } from './reach.ts';
import { command as validate } from './validate.ts';

/** Neither a word, nor in any other text. */
const marker = 'Mark-4711/"<&>\'Secret';
/** As JSON within JSON, XML and URLs would have it, and in base64. */
const forms = ['4711', Buffer.from(marker).toString('base64')];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-shown-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => join(folder, name);
/** Every command that reads a template, the files that it writes for people among what it says. */
const runs: readonly (readonly [string, CommandDefinition, readonly string[], Record<string, unknown>])[] = [
  ['validate', validate, [], {}],
  ['validate --sarif', validate, [], { sarif: true }],
  ['validate --strict', validate, [], { strict: true }],
  ['check', check, [], { why: true }],
  ['check --junit --sarif', check, [], { junit: 'out.xml', sarif: 'out.sarif' }],
  ['reach', reach, ['Server', 'Data'], { port: '5432' }],
  ['reach of an unknown name', reach, [hostile, 'Data'], { port: '5432' }],
  ['diagram', diagram, [], {}],
  ['diagram --format drawio', diagram, [], { format: 'drawio' }],
  ['diagram --format mermaid', diagram, [], { format: 'mermaid' }],
  ['diagram --output', diagram, [], { output: 'out.svg', title: hostile }],
  ['access', access, [], {}],
  ['cost', cost, [], {}],
  ['budget', budget, [], { amount: '100' }],
  ['edge', edge, [], {}],
];

/** All that a command printed and wrote. */
async function allShown(
  [, command, words, options]: (typeof runs)[number],
  template: string,
  how: { json: boolean; language: string },
  parameters: readonly string[] = [],
): Promise<{ readonly printed: string; readonly written: Readonly<Record<string, string>> }> {
  const printed: string[] = [];
  const stream = { write: (text: string) => void printed.push(text) };
  const own = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      String(value).startsWith('out.') ? file(String(value)) : value,
    ]),
  );
  await command.run({
    arguments: [...words],
    options: { ...own, template: [file(template)], ...(parameters.length > 0 ? { parameter: parameters } : {}) },
    terminal: openTerminal(how, { out: stream, error: stream }),
  });
  const outputs = readdirSync(folder).filter((name) => name.startsWith('out.'));
  const written = Object.fromEntries(outputs.map((name) => [name, readFileSync(file(name), 'utf8')]));
  for (const name of outputs) rmSync(file(name));
  return { printed: printed.join(''), written };
}

const ways = [
  { json: false, language: 'en' },
  { json: false, language: 'ko' },
  { json: true, language: 'en' },
];

function stack(text: string, password: unknown, more: object = {}) {
  const tags = [{ Key: 'Name', Value: text }];
  return {
    Description: text,
    Parameters: {
      Key: { Type: 'String', NoEcho: true, Default: 'nothing' },
      Open: { Type: 'String', Default: text, Description: text },
    },
    Resources: {
      Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', Tags: tags } },
      A: {
        Type: 'AWS::EC2::Subnet',
        Properties: {
          VpcId: { Ref: 'Net' },
          CidrBlock: '10.0.1.0/24',
          AvailabilityZone: 'ap-northeast-2a',
          Tags: tags,
        },
      },
      B: {
        Type: 'AWS::EC2::Subnet',
        Properties: { VpcId: { Ref: 'Net' }, CidrBlock: '10.0.2.0/24', AvailabilityZone: 'ap-northeast-2c' },
      },
      Where: {
        Type: 'AWS::RDS::DBSubnetGroup',
        Properties: { DBSubnetGroupDescription: 'data', SubnetIds: [{ Ref: 'A' }, { Ref: 'B' }] },
      },
      Server: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          ImageId: 'ami-12345678',
          InstanceType: 't3.micro',
          SubnetId: { Ref: 'A' },
          UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/sh\nexport PW=${Key}\n' } },
        },
      },
      Data: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          Engine: 'postgres',
          DBInstanceClass: 'db.t3.micro',
          AllocatedStorage: '20',
          MasterUsername: 'owner',
          MasterUserPassword: password,
          DBSubnetGroupName: { Ref: 'Where' },
        },
      },
      ...more,
    },
    Outputs: { Said: { Value: { 'Fn::Sub': '${Key} ${Open}' }, Description: text } },
  };
}

const write = (name: string, template: object) => writeFileSync(file(name), JSON.stringify(template));

describe.each(runs)('%s', (...run) => {
  test.each(ways)('shows no control character of a template, %j', async (how) => {
    write('hostile.json', stack(hostile, 'Long-enough-1'));
    write('faulty.json', {
      ...stack(hostile, 'Long-enough-1', {
        [`X${hostile}`]: { Type: `AWS::${hostile}`, Properties: { [hostile]: { Ref: hostile } } },
      }),
    });
    for (const name of ['hostile.json', 'faulty.json']) {
      const { printed, written } = await allShown(run, name, how);
      expect(printed).not.toMatch(raw);
      expect(printed.length).toBeGreaterThan(0);
      for (const text of Object.values(written)) expect(text).not.toMatch(raw);
      if (how.json || run[0] === 'validate --sarif') JSON.parse(printed);
      if (written['out.sarif']) JSON.parse(written['out.sarif']);
    }
  });

  test.each(ways)('shows no secret, %j', async (how) => {
    write(
      'secret.json',
      stack('plain', marker, { Named: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Key' } } } }),
    );
    write('faulty.json', {
      ...stack('plain', marker, {
        Wrong: {
          Type: 'AWS::EC2::Volume',
          Properties: { Size: { Ref: 'Key' }, VolumeType: { Ref: 'Key' }, AvailabilityZone: { Ref: 'Key' } },
        },
        Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Net' }, CidrBlock: { Ref: 'Key' } } },
      }),
    });
    for (const name of ['secret.json', 'faulty.json']) {
      const { printed, written } = await allShown(run, name, how, [`Key=${marker}`]);
      for (const text of [printed, ...Object.values(written)])
        for (const form of forms) expect(text).not.toContain(form);
    }
  });
});

/** A value of a type with the marker at each secret property below it; `undefined` where there is none. */
function marked(type: ResourceType, value: ValueType, secret: boolean, depth: number): Json | undefined {
  if (value.kind === 'list') return listed(marked(type, value.element, secret, depth));
  if (value.kind === 'map') {
    const element = marked(type, value.element, secret, depth);
    return element === undefined ? undefined : { any: element };
  }
  if (value.kind === 'either')
    return value.alternatives.map((each) => marked(type, each, secret, depth)).find((each) => each !== undefined);
  if (value.kind === 'object')
    return depth > 6 ? undefined : markedProperties(type, type.type(value.name), secret, depth + 1);
  return secret && (value.kind === 'text' || value.kind === 'json') ? marker : undefined;
}

function listed(element: Json | undefined): Json | undefined {
  return element === undefined ? undefined : [element];
}

function markedProperties(
  type: ResourceType,
  properties: PropertyTypes,
  secret: boolean,
  depth: number,
): Json | undefined {
  const found = [...properties].flatMap(([name, { value }]): [string, Json][] => {
    const each = marked(type, value, secret || isSecretProperty(name), depth);
    return each === undefined ? [] : [[name, each]];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** Every type of AWS's specification that has secret properties, each with the marker. */
const keeping = allResourceTypes().flatMap((name) => {
  const type = resourceType(name)!;
  const properties = markedProperties(type, type.properties, false, 0);
  return properties === undefined ? [] : [{ Type: name, Properties: properties }];
});

test('no secret property of any type is shown, in a mistake or in a change', async () => {
  expect(keeping.length).toBeGreaterThan(100);
  write('all.json', { Resources: Object.fromEntries(keeping.map((each, at) => [`R${at}`, each])) });
  for (const how of ways) {
    const { printed } = await allShown(runs[0]!, 'all.json', how);
    expect(printed).toContain('R0');
    for (const form of forms) expect(printed).not.toContain(form);
  }
  for (const { Properties } of keeping) {
    for (const [path, value] of Object.entries(Properties as JsonObject))
      for (const form of forms) expect(JSON.stringify(shownProperty(path, value))).not.toContain(form);
  }
});
