import { haproxy, memcached } from './laid/daemons.ts';
import { httpd } from './laid/httpd.ts';
import { iptables, iptablesServices } from './laid/iptables.ts';
import { nginx } from './laid/nginx.ts';
import { type Package, watched } from './laid/package.ts';
import { php, phpModule } from './laid/php.ts';
import { findVersioned } from './versioned-packages.ts';

/** The package of a name, `undefined` where nothing is known of it. Names with a version, such as `nodejs22` or `postgresql17`, count. */
export function findPackage(name: string): Package | undefined {
  const plain = name.replace(/\.(x86_64|aarch64|noarch)$/, '');
  const unversioned = plain.replace(/-\d[\w.:~-]*$/, '');
  return packages[plain] ?? findVersioned(plain) ?? packages[unversioned] ?? findVersioned(unversioned);
}

/** Names of the table, for docs/instances.md. */
export function packageNames(): string[] {
  return Object.keys(packages).sort();
}

const program = (name: string): Package => ({ program: name });
const debian = (...names: string[]): Package => ({ program: null, debian: names });
const downloader = (name: string, ...programs: string[]): Package => ({ ...debian(name), script: watched(programs) });

const packages: Readonly<Record<string, Package>> = {
  nginx,
  httpd,
  'httpd-tools': debian('apache2-utils'),
  php,
  'php-fpm': php,
  'php-cli': php,
  'php-common': php,
  'php-json': php,
  'php-mysqlnd': phpModule('php-mysql'),
  'php-mysqli': phpModule('php-mysql'),
  'php-pdo': phpModule('php-mysql'),
  'php-pgsql': phpModule('php-pgsql'),
  'php-gd': phpModule('php-gd'),
  'php-mbstring': phpModule('php-mbstring'),
  'php-xml': phpModule('php-xml'),
  'php-intl': phpModule('php-intl'),
  'php-zip': phpModule('php-zip'),
  'php-bcmath': phpModule('php-bcmath'),
  'php-soap': phpModule('php-soap'),
  'php-opcache': php,
  haproxy,
  memcached,
  iptables,
  'iptables-nft': iptables,
  'iptables-legacy': iptables,
  'iptables-services': iptablesServices,
  mysql: debian('mariadb-client'),
  mariadb: debian('mariadb-client'),
  git: downloader('git', 'git'),
  jq: debian('jq'),
  unzip: debian('unzip'),
  zip: debian('zip'),
  wget: downloader('wget', 'wget'),
  htop: debian('htop'),
  stress: debian('stress'),
  'stress-ng': debian('stress-ng'),
  npm: downloader('npm', 'npm'),
  tree: debian('tree'),
  rsync: debian('rsync'),
  telnet: debian('inetutils-telnet'),
  'nmap-ncat': debian('netcat-openbsd'),
  'bind-utils': debian('bind9-dnsutils'),
  tmux: debian('tmux'),
  vim: debian('vim-tiny'),
  nano: debian('nano'),
  lsof: debian('lsof'),
  'aws-cfn-bootstrap': { program: null },
  'aws-cli': { program: null },
  awscli: { program: null },
  'awscli-2': { program: null },
  'amazon-ssm-agent': { program: null },
  'ca-certificates': { program: null },
  tzdata: { program: null },
  systemd: { program: null },
  'glibc-langpack-en': { program: null },
  'shadow-utils': program('useradd'),
  'curl-minimal': program('curl'),
  curl: program('curl'),
  tar: program('tar'),
  gzip: program('gzip'),
  bzip2: program('bzip2'),
  xz: program('xz'),
  zstd: program('zstd'),
  iproute: program('ip'),
  'net-tools': program('route'),
  'procps-ng': program('ps'),
  findutils: program('find'),
  'util-linux': program('setpriv'),
  openssl: program('openssl'),
  perl: program('perl'),
  'perl-interpreter': program('perl'),
  make: program('make'),
  gcc: program('gcc'),
};
