import { text } from '../../property.ts';
import type { Descriptions } from '../contract/described.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/cloudformation/list-exports.html */
export const described: Descriptions = {
  Exports: (each) => {
    const [id, value] = [text(each, 'Name'), text(each, 'Value')];
    return id === undefined || value === undefined ? [] : [{ id, resources: [], value }];
  },
};
