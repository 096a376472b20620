import type { Inventory } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { type Keys, notKnown, stated } from '../contract/request-keys.ts';

/** Keys of a volume: one of its own, or one that a launch states. */
export function volumeKeys(inventory: Inventory, disk: JsonObject, type: string | undefined): Keys {
  const key = stated(disk.KmsKeyId);
  const snapshot = stated(disk.SnapshotId);
  return {
    // An account may encrypt by default.
    'ec2:Encrypted': stated(disk.Encrypted) === 'true' || key !== undefined ? 'true' : notKnown,
    'ec2:KmsKeyId': key,
    'ec2:ParentSnapshot': snapshot === undefined ? undefined : `arn:aws:ec2:${inventory.region}::snapshot/${snapshot}`,
    'ec2:VolumeIops': stated(disk.Iops) ?? notKnown,
    'ec2:VolumeSize': stated(disk.VolumeSize ?? disk.Size) ?? notKnown,
    'ec2:VolumeThroughput': stated(disk.Throughput) ?? notKnown,
    'ec2:VolumeType': stated(disk.VolumeType) ?? type ?? notKnown,
  };
}
