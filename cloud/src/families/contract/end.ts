/**
 * What a name of a resource of this type means as an end of a way.
 * - `owner`: the interfaces that it states, be they its members', nodes' or its own.
 * - `instance`: the interfaces that belong to it, also those that another resource states.
 * - `cluster`: the interfaces of the databases that name it.
 * - `address`: whoever holds that address.
 * - `group`, `subnet`, `vpc`: all interfaces that lie in it. Where one name means an owner and one of these, the owner is meant.
 */
export type End = 'owner' | 'instance' | 'cluster' | 'address' | 'group' | 'subnet' | 'vpc';

/** By type. */
export type Ends = Readonly<Record<string, End>>;
