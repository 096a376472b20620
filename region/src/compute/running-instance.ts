import type { InstanceSize } from '@terrace/cloud/instance-size';
import type { PartAnswer } from '../answering/part-watch.ts';
import type { Incident } from '../incident.ts';
import type { UserDataResult } from './cloud-init/boot.ts';
import type { Execution, GuestProcess } from './guest.ts';
import type { Image } from './images.ts';
import type { Journal } from './journal.ts';
import type { Userland } from './userland/distributions.ts';
import type { PackageRepository } from './userland/repository.ts';

export interface InstanceSpecification {
  /** `i-…` */
  readonly id: string;
  /** For example `ip-10-10-1-7.ap-northeast-2.compute.internal`. */
  readonly hostName: string;
  /** File of the network namespace, wired already. */
  readonly network: string;
  /** An interface of it has its source and destination check off: it may forward what is not for it. */
  readonly forwards: boolean;
  /** The VPC's resolver. */
  readonly resolver: string;
  /** Domain to complete names with, for example `ap-northeast-2.compute.internal`. */
  readonly searchDomain: string | null;
  /** Decoded; `null` or empty for none. */
  readonly userData: string | null;
  /** For example `UTC`, as on AWS, or `Asia/Seoul`. */
  readonly timeZone: string;
  readonly image: Image;
  /** Bytes of the instance's own disk; it is memory until written to. */
  readonly diskBytes: number;
  /** Of its instance type; `undefined` where that is not known. */
  readonly size: InstanceSize | undefined;
  readonly userland: Userland;
  /** Where its package tool downloads from. */
  readonly repository: PackageRepository;
}

export type InstanceState = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';

export type InstanceEvent =
  | {
      readonly kind: 'state';
      readonly instance: string;
      readonly state: InstanceState;
      readonly reason: string | null;
      /** The launcher, which is the host of all instances, ended under it. */
      readonly hostFailed: boolean;
    }
  /** Its process 1 does not answer: its status check fails. */
  | { readonly kind: 'impaired'; readonly instance: string; readonly milliseconds: number }
  | { readonly kind: 'incident'; readonly instance: string; readonly incident: Incident }
  /** What its units wrote cannot be kept, for example because the disk is full; told once. */
  | { readonly kind: 'journal-failed'; readonly instance: string; readonly reason: string };

export interface RunningInstance extends AsyncDisposable {
  readonly id: string;
  readonly state: InstanceState;
  /** Settles when the first boot's user data has been run. */
  readonly userData: Promise<UserDataResult>;
  readonly journal: Journal;
  /** Runs a command as root of the instance, or as another user: what Session Manager is on AWS. */
  exec(execution: Execution): Promise<GuestProcess>;
  /** Asks its process 1 now. */
  answers(): Promise<PartAnswer>;
  /** Reads a file of the instance as it sees it. */
  read(path: string): Promise<string>;
  /** Services are stopped in order, then everything ends; the disk stays. */
  stop(): Promise<void>;
  /** Ends everything in it at once, as a machine that loses power; the disk stays, and so does what the state says: `stopped`. */
  powerOff(): Promise<void>;
  /** What it is from its next start on; its image and its disk stay. */
  change(specification: InstanceSpecification): void;
  /** Boots a stopped instance: enabled units start, user data does not run again. */
  start(): Promise<void>;
  /** Ends it and forgets its disk. */
  terminate(): Promise<void>;
  /** Stops it for the while, as AWS does by default, and keeps what it wrote as an image. */
  image(id: string): Promise<Image>;
}
