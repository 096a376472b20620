import type { Distribution } from '@terrace/cloud/views/distribution';
import { amazonLinux2, amazonLinux2023, debian, type PackageRepository, ubuntu } from './repository.ts';

/** Which distributions run: a Windows image boots nowhere here. */
export type Userland = Exclude<Distribution, 'windows'>;

/** What a boot script meets of a distribution. */
export interface UserlandTraits {
  /** The account that the image has for people. */
  readonly user: string;
  readonly release: Readonly<Record<string, string>>;
  /** Programs of the image that the supervisor answers for, besides those of every image. */
  readonly asked: readonly string[];
  /** `iptables` is there from the start. */
  readonly hasIptables?: true;
  /** The program that cloud-init installs packages with. */
  readonly packageTool: 'dnf' | 'yum' | 'apt-get';
  readonly repository: (region: string) => PackageRepository;
}

const osRelease = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('');

const ubuntuTraits = (version: string, codename: string): UserlandTraits => ({
  user: 'ubuntu',
  release: {
    'etc/os-release': osRelease({
      PRETTY_NAME: `Ubuntu ${version} LTS, rehearsed by Terrace`,
      NAME: 'Ubuntu',
      VERSION_ID: version,
      VERSION: `${version} LTS (${codename})`,
      VERSION_CODENAME: codename,
      ID: 'ubuntu',
      ID_LIKE: 'debian',
      UBUNTU_CODENAME: codename,
    }).replaceAll(/^(ID|ID_LIKE|VERSION_CODENAME|UBUNTU_CODENAME)="(.*)"$/gm, '$1=$2'),
    'etc/lsb-release': `DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=${version}\nDISTRIB_CODENAME=${codename}\nDISTRIB_DESCRIPTION="Ubuntu ${version} LTS"\n`,
    'etc/debian_version': `${version === '24.04' ? 'trixie' : 'bookworm'}/sid\n`,
  },
  asked: ['apt-get', 'apt', 'service', 'update-rc.d'],
  hasIptables: true,
  packageTool: 'apt-get',
  repository: (region) => ubuntu(region, codename),
});

export const userlands: Readonly<Record<Userland, UserlandTraits>> = {
  'amazon-linux-2023': {
    user: 'ec2-user',
    release: {},
    asked: ['dnf', 'yum', 'service'],
    packageTool: 'dnf',
    repository: amazonLinux2023,
  },
  'amazon-linux-2': {
    user: 'ec2-user',
    release: {
      'etc/os-release': osRelease({
        NAME: 'Amazon Linux',
        VERSION: '2',
        ID: 'amzn',
        ID_LIKE: 'centos rhel fedora',
        VERSION_ID: '2',
        PRETTY_NAME: 'Amazon Linux 2, rehearsed by Terrace',
      }),
      'etc/system-release': 'Amazon Linux release 2 (Karoo), rehearsed by Terrace\n',
    },
    asked: ['yum', 'amazon-linux-extras', 'service', 'chkconfig'],
    hasIptables: true,
    packageTool: 'yum',
    repository: amazonLinux2,
  },
  'ubuntu-22.04': ubuntuTraits('22.04', 'jammy'),
  'ubuntu-24.04': ubuntuTraits('24.04', 'noble'),
  'debian-12': {
    user: 'admin',
    release: {
      'etc/os-release':
        'PRETTY_NAME="Debian GNU/Linux 12 (bookworm), rehearsed by Terrace"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n',
      'etc/debian_version': '12.12\n',
    },
    asked: ['apt-get', 'apt', 'service', 'update-rc.d'],
    packageTool: 'apt-get',
    repository: () => debian('bookworm'),
  },
};
