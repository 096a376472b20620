import { iptables } from './laid/iptables.ts';
import { type Package, watched } from './laid/package.ts';

/** A package of Debian's or Ubuntu's own, laid down as they lay it down. */
interface DebianPackage extends Package {
  /** The unit that its installation enables and starts. */
  readonly starts?: string;
}

const whole = ['/etc', '/var', '/usr/lib/systemd'];
const plain = (...debian: string[]): DebianPackage => ({ program: null, debian, keeps: whole });
/** Its program is there from the start. */
const there: DebianPackage = { program: null };

const nginx: DebianPackage = {
  ...plain('nginx', 'nginx-common'),
  starts: 'nginx.service',
  script: `mkdir -p /etc/nginx/sites-enabled /var/www/html /var/log/nginx /var/lib/nginx
ln -sfn /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default
[ -e /var/www/html/index.nginx-debian.html ] || cp /usr/share/nginx/html/index.html /var/www/html/index.nginx-debian.html`,
};

/** The modules, sites and settings that Debian's apache2 enables when it is installed. */
const apache: DebianPackage = {
  ...plain('apache2', 'apache2-bin', 'apache2-data', 'apache2-utils', 'media-types'),
  starts: 'apache2.service',
  script: `cd /etc/apache2
mkdir -p mods-enabled sites-enabled conf-enabled /var/www/html /var/log/apache2 /var/cache/apache2/mod_cache_disk
for module in mpm_event authz_core authz_host auth_basic access_compat authn_core authn_file authz_user alias dir autoindex env mime negotiation \
  setenvif filter deflate status reqtimeout; do
  for file in mods-available/$module.load mods-available/$module.conf; do [ ! -e $file ] || ln -sfn ../$file mods-enabled/; done
done
for file in charset localized-error-pages other-vhosts-access-log security serve-cgi-bin; do ln -sfn ../conf-available/$file.conf conf-enabled/; done
ln -sfn ../sites-available/000-default.conf sites-enabled/
[ -e /var/www/html/index.html ] || cp /usr/share/apache2/default-site/index.html /var/www/html/`,
};

const table: Readonly<Record<string, DebianPackage>> = {
  nginx,
  apache2: apache,
  git: { ...plain('git'), script: watched(['git']) },
  jq: plain('jq'),
  unzip: plain('unzip'),
  zip: plain('zip'),
  wget: { ...plain('wget'), script: watched(['wget']) },
  htop: plain('htop'),
  stress: plain('stress'),
  tree: plain('tree'),
  'mysql-client': plain('mariadb-client'),
  'mariadb-client': plain('mariadb-client'),
  'default-mysql-client': plain('mariadb-client'),
  'postgresql-client': {
    ...plain('postgresql-client'),
    script: 'for program in /usr/lib/postgresql/*/bin/*; do ln -sf "$program" /usr/bin/; done',
  },
  'python3-pip': { ...plain('python3-pip'), script: watched(['pip', 'pip3']) },
  npm: { ...plain('npm'), script: watched(['npm']) },
  iptables,
  curl: there,
  'ca-certificates': there,
  python3: there,
  nodejs: there,
};

export function findDebianPackage(name: string): DebianPackage | undefined {
  return table[name];
}

/** Names of the table, for docs/instances.md. */
export function debianPackageNames(): string[] {
  return Object.keys(table).sort();
}
