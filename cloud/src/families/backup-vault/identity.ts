import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::Backup::BackupVault': (draft) => {
    const name = textOf(draft, 'BackupVaultName') ?? generatedName(draft.subject);
    return {
      physicalId: name,
      attributes: { BackupVaultName: name, BackupVaultArn: arn(draft, 'backup', `backup-vault:${name}`) },
    };
  },
};
