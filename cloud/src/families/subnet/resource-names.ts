import type { JsonObject } from '../../json.ts';
import { flag, object } from '../../property.ts';

/** Which records there are of an instance's resource name, `i-….REGION.compute.internal`. */
export interface ResourceNameRecords {
  readonly four: boolean;
  readonly six: boolean;
}

/**
 * The launch's own options, or else those of the subnet that it is in.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html
 */
export function resourceNameRecords(launch: JsonObject, subnet: JsonObject): ResourceNameRecords {
  const own = object(launch, 'PrivateDnsNameOptions');
  const options = Object.keys(own).length > 0 ? own : object(subnet, 'PrivateDnsNameOptionsOnLaunch');
  return {
    four: flag(options, 'EnableResourceNameDnsARecord') ?? false,
    six: flag(options, 'EnableResourceNameDnsAAAARecord') ?? false,
  };
}
