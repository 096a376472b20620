import type { DatabaseInstance } from '@terrace/cloud/views/database';
import type { StandbyState } from '../../database/configuration.ts';
import { restorableSpans, type StandingDatabase } from '../../database/operations.ts';
import { restoreSpan } from '../../database/restore-time.ts';

/** What `terrace database` says of one: a stable shape, documented in docs/json.md. Moments are ISO 8601 in whole seconds of UTC. */
export interface DatabaseDescription {
  readonly id: string;
  readonly endpoint: string;
  readonly port: number;
  readonly engine: string;
  /** As the template has it; `null` where it is left to AWS. */
  readonly engineVersion: string | null;
  /** Of the server that runs. */
  readonly runs: string | null;
  /** `storage-full`: down for want of room, as RDS has it. `not-answering`: a server that is there does not answer, or is being started again. */
  readonly state: 'available' | 'not-answering' | 'storage-full' | 'stopped' | 'failed' | 'modelled';
  /** Where the server stands that takes writes. */
  readonly zone: string;
  readonly standby: { readonly zone: string; readonly state: Exclude<StandbyState, 'none'> } | null;
  readonly deletionProtection: boolean;
  /** `null` where none are taken. */
  readonly backups: {
    readonly retentionDays: number;
    /** UTC; `null` where it is left to AWS. */
    readonly window: string | null;
    /** What it can be restored to, the newest first: one span, and one for each time that it was restored. */
    readonly restorable: readonly { readonly earliest: string; readonly latest: string }[];
  } | null;
}

export async function describeDatabase(
  instance: DatabaseInstance,
  state: DatabaseDescription['state'],
  standing: StandingDatabase | undefined,
): Promise<DatabaseDescription> {
  const { primary, standby } = instance;
  const { server } = standing ?? {};
  const failedOver = server?.activeNode === 'standby' && standby !== null;
  const standbyState = server?.standbyState ?? 'none';
  return {
    id: instance.id,
    endpoint: instance.endpoint,
    port: instance.port,
    engine: instance.engine,
    engineVersion: instance.engineVersion,
    runs: server?.version ?? null,
    state,
    zone: failedOver ? standby.zone : primary.zone,
    standby:
      standby !== null && standbyState !== 'none'
        ? { zone: failedOver ? primary.zone : standby.zone, state: standbyState }
        : null,
    deletionProtection: instance.deletionProtection,
    backups: standing?.server.backups && instance.backupRetention > 0 ? await backupsOf(instance, standing) : null,
  };
}

async function backupsOf(
  { backupRetention, backupWindow }: DatabaseInstance,
  standing: StandingDatabase,
): Promise<DatabaseDescription['backups']> {
  const spans = await restorableSpans(standing);
  return {
    retentionDays: backupRetention,
    window: backupWindow,
    restorable: spans.map(restoreSpan),
  };
}
