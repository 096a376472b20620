import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import type { Estate, Rule } from '../contract/rule.ts';

type Architecture = 'arm64' | 'x86_64';

const launches: Readonly<Record<string, (properties: JsonObject) => JsonObject>> = {
  'AWS::EC2::Instance': (properties) => properties,
  'AWS::EC2::LaunchTemplate': (properties) => object(properties, 'LaunchTemplateData'),
  'AWS::AutoScaling::LaunchConfiguration': (properties) => properties,
};

/** An image is for one architecture of processors. What a public parameter of Systems Manager or an image's own name says of it is judged. */
export const architectureRules: readonly Rule[] = [
  refused({
    code: 'ARCHITECTURE_MISMATCH',
    types: Object.keys(launches),
    page: 'AWSEC2/latest/UserGuide/instance-types.html',
    what: words(
      'The image and the instance type are of one architecture: arm64 for Graviton, x86_64 for others.',
      '이미지와 인스턴스 유형의 아키텍처가 같아야 합니다. Graviton은 arm64, 나머지는 x86_64입니다.',
    ),
    where: (resource, estate) => {
      const launch = launchOf(resource);
      const [image, type] = [
        architectureOfImage(launch, estate),
        architectureOfType(text(launch, 'InstanceType') ?? ''),
      ];
      if (!image || !type || image === type) return [];
      return [resource.type === 'AWS::EC2::LaunchTemplate' ? 'LaunchTemplateData.InstanceType' : 'InstanceType'];
    },
    aws: 'The architecture of the specified instance type does not match the architecture of the specified AMI',
  }),
];

function launchOf({ type, properties }: Resource): JsonObject {
  return launches[type]!(properties);
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html */
function architectureOfImage(launch: JsonObject, estate: Estate): Architecture | undefined {
  const stated = text(launch, 'ImageId') ?? '';
  const names = [...estate.imageNames(stated), stated].filter((name) => name.includes('/aws/service/'));
  const found = new Set(
    names.flatMap((name): Architecture[] => {
      if (/arm64|aarch64/.test(name)) return ['arm64'];
      return /x86_64|amd64/.test(name) ? ['x86_64'] : [];
    }),
  );
  return found.size === 1 ? [...found][0] : undefined;
}

/** Graviton's families have a `g` behind their generation (`t4g`, `c7gn`); of Macs both architectures are to be had. */
function architectureOfType(type: string): Architecture | undefined {
  if (!/^[a-z][a-z0-9-]*\d[a-z0-9-]*\.[a-z0-9-]+$/.test(type) || type.startsWith('mac')) return undefined;
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(type) ? 'arm64' : 'x86_64';
}
