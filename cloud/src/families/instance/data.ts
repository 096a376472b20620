import { flag, object, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import type { HeldData } from '../contract/data.ts';

/**
 * The disk goes with the instance unless its `DeleteOnTermination` is off.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-root-volume-delete-on-termination.html
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html
 */
export const data: Readonly<Record<string, HeldData>> = {
  'AWS::EC2::Instance': {
    what: ({ properties }) => {
      const root = objects(properties, 'BlockDeviceMappings').find((each) =>
        ['/dev/xvda', '/dev/sda1'].includes(text(each, 'DeviceName') ?? ''),
      );
      const stays = root !== undefined && flag(object(root, 'Ebs'), 'DeleteOnTermination') === false;
      return stays ? null : words('its disk', '인스턴스의 디스크');
    },
    protection: ({ properties }) =>
      flag(properties, 'DisableApiTermination') === true ? 'DisableApiTermination' : null,
  },
};
