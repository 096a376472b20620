import { parsePrefix } from '../../address.ts';
import { servicePrefixes } from '../../allocate/public-addresses.ts';
import { type Inventory, ofType } from '../../inventory.ts';
import { objects, text } from '../../property.ts';
import type { PrefixList } from '../network.ts';
import { suppliedId } from './supplied.ts';

/**
 * The template's prefix lists and AWS's own for the services that gateway endpoints reach.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
export function prefixListsOf(inventory: Inventory): PrefixList[] {
  const stated = ofType(inventory, 'AWS::EC2::PrefixList').map(
    (resource): PrefixList => ({
      id: resource.physicalId,
      statedBy: resource.key,
      name: resource.tags.Name ?? text(resource.properties, 'PrefixListName') ?? resource.logicalId,
      entries: objects(resource.properties, 'Entries').flatMap((entry) => parsePrefix(text(entry, 'Cidr') ?? '') ?? []),
    }),
  );
  const managed = ['s3', 'dynamodb'].map(
    (service): PrefixList => ({
      id: servicePrefixListId(inventory.region, service),
      statedBy: null,
      name: `com.amazonaws.${inventory.region}.${service}`,
      entries: servicePrefixes(service),
    }),
  );
  return [...stated, ...managed];
}

export function servicePrefixListId(region: string, service: string): string {
  return suppliedId('pl', region, service);
}
