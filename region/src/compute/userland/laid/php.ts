import type { Package } from './package.ts';

/** PHP as Amazon Linux 2023 lays it down: php-fpm behind Apache by a socket, `/etc/php.ini`, `/etc/php.d`, `/etc/php-fpm.d`. */
const unit = `[Unit]
Description=The PHP FastCGI Process Manager
After=syslog.target network.target

[Service]
Type=notify
ExecStartPre=/usr/bin/mkdir -p /run/php-fpm
ExecStart=/usr/sbin/php-fpm --nodaemonize
ExecReload=/bin/kill -USR2 $MAINPID

[Install]
WantedBy=multi-user.target
`;

const pool = `[www]
user = apache
group = apache
listen = /run/php-fpm/www.sock
listen.acl_users = apache,nginx
listen.allowed_clients = 127.0.0.1
pm = dynamic
pm.max_children = 50
pm.start_servers = 5
pm.min_spare_servers = 5
pm.max_spare_servers = 35
slowlog = /var/log/php-fpm/www-slow.log
php_admin_value[error_log] = /var/log/php-fpm/www-error.log
php_admin_flag[log_errors] = on
php_value[session.save_handler] = files
php_value[session.save_path] = /var/lib/php/session
`;

const apache = `<Files ".user.ini">
    Require all denied
</Files>
AddType text/html .php
DirectoryIndex index.php
SetEnvIfNoCase ^Authorization$ "(.+)" HTTP_AUTHORIZATION=$1
<FilesMatch \\.(php|phar)$>
    SetHandler "proxy:unix:/run/php-fpm/www.sock|fcgi://localhost"
</FilesMatch>
`;

/** The modules' settings, for their order: those that others build on are loaded first. */
const settle = `mkdir -p /etc/php.d
for file in /usr/share/php[0-9]*-*/*/*.ini; do
  name=\${file##*/}
  case $name in mysqlnd.ini | pdo.ini | opcache.ini | xml.ini | dom.ini) order=10 ;; *) order=20 ;; esac
  [ -e /etc/php.d/$order-$name ] || grep -v '^; priority' "$file" > /etc/php.d/$order-$name
done
[ -e /etc/php.ini ] || for file in /usr/lib/php/[0-9]*/php.ini-production; do cp "$file" /etc/php.ini; done`;

const run = (program: string, more: string) =>
  `#!/bin/sh\nfor each in ${program}[0-9]*; do PHP_INI_SCAN_DIR=/etc/php.d exec "$each" -c /etc/php.ini ${more}"$@"; done\n`;

export const php: Package = {
  program: null,
  debian: ['php-fpm', 'php-cli'],
  folders: [
    '/etc/php-fpm.d',
    '/etc/httpd/conf.d',
    '/var/log/php-fpm',
    '/var/lib/php/session',
    '/var/www/html',
    '/run/php-fpm',
    '/usr/lib/systemd/system',
  ],
  files: {
    '/etc/php-fpm.conf':
      '[global]\npid = /run/php-fpm/php-fpm.pid\nerror_log = /var/log/php-fpm/error.log\ninclude=/etc/php-fpm.d/*.conf\n',
    '/etc/php-fpm.d/www.conf': pool,
    '/etc/httpd/conf.d/php.conf': apache,
    '/usr/lib/systemd/system/php-fpm.service': unit,
  },
  programs: {
    '/usr/sbin/php-fpm': run('/usr/sbin/php-fpm', '--fpm-config /etc/php-fpm.conf -R '),
    '/usr/bin/php': run('/usr/bin/php', ''),
  },
  accounts: [
    { name: 'apache', id: 48, home: '/usr/share/httpd' },
    { name: 'nginx', id: 992, home: '/var/lib/nginx' },
  ],
  script: `${settle}\nchown -R apache /var/lib/php/session`,
  differs: "PHP is Debian's, whatever version the name says",
};

/** A module of PHP's, with PHP itself. */
export function phpModule(name: string): Package {
  return { program: null, debian: [name], needs: ['php'], script: settle };
}
