import type { Resource } from '../../inventory.ts';
import type { Mistake, Place } from '../../mistake.ts';
import { checkCounts } from './counts.ts';
import { checkFilters } from './groups.ts';
import { checkMemberships } from './memberships.ts';
import { checkGatewayOrder } from './order.ts';
import { checkPlacement } from './placement.ts';
import { checkQuotas } from './quotas.ts';
import { checkRanges } from './ranges.ts';
import { checkRoutes } from './routes.ts';
import { networkSite } from './site.ts';

/** What AWS would refuse, or leave without effect, in a network: ranges, routes, filters, placement. */
export function checkNetwork(
  resources: readonly Resource[],
  outside: readonly Resource[],
  regionOf: (resource: Resource) => string,
  at: (resource: Resource, ...path: readonly (string | number)[]) => Place,
  report: (mistake: Mistake) => void,
  warn: (mistake: Mistake) => void,
): void {
  const site = networkSite(resources, outside, at, report, warn);
  checkRanges(site);
  checkRoutes(site);
  checkFilters(site);
  checkPlacement(site, regionOf);
  checkMemberships(site);
  checkQuotas(site);
  checkCounts(site);
  checkGatewayOrder(site);
}
