import type { Allocations } from '../inventory.ts';
import { AddressBook } from './addresses.ts';

/** Where what was given out is kept of a project, once a region has it. */
export const allocationsFileName = 'allocations.json';

/** Where a region that runs keeps what members of its groups have, beside that. */
export const membersFileName = 'members.json';

/**
 * Of all that was given out, what members of Auto Scaling groups have: their addresses, and how often another has taken a member's place. It
 * changes while a region runs.
 */
export function givenToMembers(allocations: Allocations): Allocations {
  return Object.fromEntries(Object.entries(allocations).filter(([key]) => isOfMember(key)));
}

export function givenToOthers(allocations: Allocations): Allocations {
  return Object.fromEntries(Object.entries(allocations).filter(([key]) => !isOfMember(key)));
}

/**
 * Others take these members' places, with identifiers and addresses of their own.
 *
 * @param members by `memberOwner`
 */
export function replaceMembers(allocations: Allocations, members: readonly string[]): Allocations {
  if (members.length === 0) return allocations;
  const book = new AddressBook(allocations);
  book.replace(...members);
  return book.allocations();
}

/** What is kept of members that are there: where others were, others may stand. */
export function keepMembers(allocations: Allocations, members: ReadonlySet<string>): Allocations {
  const stays = (key: string) => !/^(address|former) /.test(key) || !isOfMember(key) || members.has(memberOf(key));
  return Object.fromEntries(Object.entries(allocations).filter(([key]) => stays(key)));
}

function isOfMember(key: string): boolean {
  return key.includes('#');
}

/** The member that an entry is of; `Stack/Group#0@1` is an interface of `Stack/Group#0`. */
function memberOf(key: string): string {
  return key.slice(key.lastIndexOf(' ') + 1).split('@')[0] as string;
}
