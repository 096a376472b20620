import type { Inventory } from '../inventory.ts';
import type { JsonObject } from '../json.ts';
import { text } from '../property.ts';

/** The operating system of an image, as far as a boot script meets it. */
export type Distribution =
  | 'amazon-linux-2023'
  | 'amazon-linux-2'
  | 'ubuntu-22.04'
  | 'ubuntu-24.04'
  | 'debian-12'
  | 'windows';

/**
 * The distribution of the image that a launch takes, by what the templates call it: the name of a public parameter, of a mapping, of a parameter of
 * the template. `known` is false where nothing says which it is, and Amazon Linux 2023 is assumed.
 *
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
 * https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
 * https://wiki.debian.org/Cloud/AmazonEC2Image
 *
 * @param data as `launchData` has it
 */
export function distributionOf(
  { imageNames }: Pick<Inventory, 'imageNames'>,
  data: JsonObject,
): { readonly distribution: Distribution; readonly known: boolean } {
  const image = text(data, 'ImageId') ?? '';
  for (const name of [...(imageNames?.[image] ?? []), image]) {
    const found = patterns.find(([pattern]) => pattern.test(name));
    if (found) return { distribution: found[1], known: true };
  }
  return { distribution: 'amazon-linux-2023', known: false };
}

/** The first that fits. */
const patterns: readonly (readonly [RegExp, Distribution])[] = [
  [/windows|(?<![a-z])win(20\d\d|server)/i, 'windows'],
  [/ubuntu.*(24[._]?04|noble)/i, 'ubuntu-24.04'],
  [/ubuntu|canonical/i, 'ubuntu-22.04'],
  [/debian/i, 'debian-12'],
  [/al2023|amazon.?linux.?2023|ami-amazon-linux-latest\/al2023/i, 'amazon-linux-2023'],
  [/amzn2|al2(?!02)|amazon.?linux.?2(?!02)|hvm-2\.0/i, 'amazon-linux-2'],
];
