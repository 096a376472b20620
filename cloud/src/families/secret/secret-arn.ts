import { letters } from '../../allocate/identifier.ts';
import { arn, type Draft } from '../contract/identity.ts';

/** A secret's ARN ends with six characters. https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html */
export function secretArn(draft: Draft, name: string): string {
  return arn(draft, 'secretsmanager', `secret:${name}-${letters(draft.subject, 'secret', 6)}`);
}
