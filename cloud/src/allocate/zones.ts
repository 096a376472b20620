/** Letters of the availability zones that a region gives a new account; what is not listed has three. */
const zoneLetters: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'abcdef'],
  ['us-west-1', 'ac'],
  ['us-west-2', 'abcd'],
  ['ap-northeast-1', 'acd'],
  ['ap-northeast-2', 'abcd'],
  ['ca-central-1', 'abd'],
]);

/** Availability zones of a region, as `Fn::GetAZs` lists them. */
export function zonesOf(region: string): string[] {
  return [...(zoneLetters.get(region) ?? 'abc')].map((letter) => `${region}${letter}`);
}

/** `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export function urlSuffixOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
