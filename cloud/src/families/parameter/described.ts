import { text } from '../../property.ts';
import type { Descriptions } from '../contract/described.ts';

/**
 * Parameters that are no secrets: a `SecureString` is not written into a file of the project.
 *
 * https://docs.aws.amazon.com/cli/latest/reference/ssm/get-parameters-by-path.html
 */
export const described: Descriptions = {
  Parameters: (each) => {
    const [id, value] = [text(each, 'Name'), text(each, 'Value')];
    if (id === undefined || value === undefined || text(each, 'Type') === 'SecureString') return [];
    return [{ id, resources: [], value }];
  },
};
