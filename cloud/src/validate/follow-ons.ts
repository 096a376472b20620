import type { Resource } from '../inventory.ts';
import type { Mistake, Place } from '../mistake.ts';

/** What is said of two things that do not fit: where one of them is wrong by itself, that follows from it. */
const betweenTwo: ReadonlySet<string> = new Set([
  'ADDRESS_NOT_IN_SUBNET',
  'GROUP_OUT_OF_REACH',
  'GROUP_PROTOCOL',
  'LISTENER_MISSING',
  'NOT_FOR_THIS_KIND',
  'OTHER_ENGINE',
  'OTHER_VPC',
  'OTHER_ZONE',
  'PROTOCOL_NOT_SUPPORTED',
  'ROUTE_TO_NOTHING',
  'SIZES',
  'SUBNETS_OVERLAP',
  'SUBNET_OUTSIDE_VPC',
  'TARGET_TYPE',
  'TOO_FEW_ZONES',
  'VPC_WITHOUT_INTERNET_GATEWAY',
  'WRONG_ARGUMENT',
]);

/** What follows as well from an attachment that is wrong: it is not referred to by those that need it. */
const ofAttachments: ReadonlySet<string> = new Set(['ROUTE_TO_NOTHING', 'VPC_WITHOUT_INTERNET_GATEWAY']);

/** Said of each element of a list, though one change mends them all. */
const ofElements: ReadonlySet<string> = new Set(['LISTED_TWICE', 'NOT_FOR_THIS_KIND', 'ZONE_TWICE']);

/**
 * The mistakes without those that follow from others: what does not fit a resource that is wrong itself, the same wrong value where it is handed
 * on, and further elements of a list. They come again if they are mistakes of their own.
 */
export function withoutFollowOns(mistakes: readonly Mistake[], resources: readonly Resource[]): Mistake[] {
  if (mistakes.length < 2) return [...mistakes];
  const byName = new Map(resources.map((each) => [nameOf(each.place), each]));
  const behind = dependencies(resources);
  const resourceOf = ({ place }: Mistake) => byName.get(nameOf(place));
  const reaches = (from: Mistake, to: Mistake) => {
    const [one, other] = [resourceOf(from), resourceOf(to)];
    return one !== undefined && other !== undefined && (behind.get(one.key)?.has(other.key) ?? false);
  };
  const shareGateway = (one: Mistake, other: Mistake) => {
    const attachment = resourceOf(other);
    if (!ofAttachments.has(one.code) || attachment?.type !== 'AWS::EC2::VPCGatewayAttachment') return false;
    const needs = behind.get(resourceOf(one)?.key ?? '');
    return needs !== undefined && attachment.dependsOn.some((each) => needs.has(each));
  };
  const elsewhere = new Set(mistakes.filter(({ code }) => code === 'UNKNOWN_ZONE').map(({ place }) => place.file));
  return mistakes.filter((each, index) => {
    // The template is for another region than it is loaded in.
    if (each.code === 'OTHER_REGION' && elsewhere.has(each.place.file)) return false;
    if (each.place.logicalId === undefined) return true;
    return !mistakes.some((other, at) => {
      if (other === each || other.place.logicalId === undefined) return false;
      const isRoot = !betweenTwo.has(other.code);
      if (nameOf(each.place) === nameOf(other.place))
        return (
          (betweenTwo.has(each.code) && isRoot) ||
          (at < index && ofElements.has(each.code) && each.code === other.code && listOf(each) === listOf(other))
        );
      if (each.code === other.code && each.cause.en === other.cause.en) return reaches(each, other);
      return betweenTwo.has(each.code) && (reaches(each, other) || (isRoot && shareGateway(each, other)));
    });
  });
}

function nameOf(place: Place): string {
  return `${place.file} ${place.logicalId}`;
}

function listOf({ place }: Mistake): string {
  return (place.path ?? '').replace(/\.\d+(?=\.|$)/g, '.*');
}

/** All that each resource depends on, directly or through others. */
function dependencies(resources: readonly Resource[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  // In the order of creation: whatever a resource depends on stands before it.
  for (const { key, dependsOn } of resources)
    found.set(key, new Set(dependsOn.flatMap((each) => [each, ...(found.get(each) ?? [])])));
  return found;
}
