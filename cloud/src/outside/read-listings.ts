import { descriptions } from '../families/registry.ts';
import { isObject, type Json } from '../json.ts';
import type { Standing } from './standing.ts';

export interface Listings {
  readonly standing: readonly Standing[];
  /** Names of lists that nothing here reads. */
  readonly unread: readonly string[];
}

/**
 * What the JSON of the AWS CLI's `describe-…` commands lists. A thing whose listing says no account or region has those that its neighbours in the
 * same listings say, or else the given ones.
 *
 * @param documents one for each command, as parsed; several may stand in an array
 */
export function readListings(
  documents: readonly Json[],
  otherwise: { readonly account: string; readonly region: string },
): Listings {
  const listed = documents.flat().filter(isObject);
  const everything = JSON.stringify(listed);
  const region = regionIn(everything) ?? otherwise.region;
  const account = /"OwnerId":"(\d{12})"/.exec(everything)?.[1] ?? otherwise.account;
  const unread = new Set<string>();
  const standing = listed.flatMap((document) =>
    Object.entries(document).flatMap(([list, things]): Standing[] => {
      if (!Array.isArray(things)) return [];
      const read = Object.hasOwn(descriptions, list) ? descriptions[list] : undefined;
      if (!read) unread.add(list);
      return things.filter(isObject).flatMap((thing) =>
        (read?.(thing) ?? []).map((each) => ({
          account,
          region: regionIn(JSON.stringify(thing)) ?? region,
          ...each,
          list,
        })),
      );
    }),
  );
  return { standing, unread: [...unread] };
}

/** The region of an Availability Zone or of an ARN. */
function regionIn(text: string): string | undefined {
  const zone = /"AvailabilityZone":"([a-z]{2}(?:-[a-z]+)+-\d)[a-z]"/.exec(text)?.[1];
  return zone ?? /"arn:aws[\w-]*:[\w-]+:([a-z]{2}(?:-[a-z]+)+-\d):\d{12}:/.exec(text)?.[1];
}

/** What was known, with what is listed now: a thing that is listed again is as it is listed now. */
export function mergeStanding(known: readonly Standing[], listed: readonly Standing[]): Standing[] {
  const name = ({ list, id, region }: Standing) => `${region} ${list} ${id}`;
  const merged = new Map([...known, ...listed].map((each) => [name(each), each]));
  return [...merged.values()];
}
