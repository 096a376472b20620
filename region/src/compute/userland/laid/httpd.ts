import type { Package } from './package.ts';

/**
 * Apache as Amazon Linux 2023 lays it down: `/etc/httpd`, `/var/www/html`, `httpd.service`, the user `apache`. The program is Debian's, which looks
 * for its configuration elsewhere unless told where.
 *
 * https://docs.aws.amazon.com/linux/al2023/ug/ec2-lamp-amazon-linux-2023.html
 */
const program = '#!/bin/sh\nexec /usr/sbin/apache2 -d /etc/httpd -f conf/httpd.conf "$@"\n';

const control = `#!/bin/sh
case "\${1:-start}" in
  configtest | -t) exec /usr/sbin/httpd -t ;;
  graceful) exec systemctl reload httpd.service ;;
  *) exec systemctl "\${1:-start}" httpd.service ;;
esac
`;

/** With php-fpm as Amazon Linux's own drop-in starts it. */
const unit = `[Unit]
Description=The Apache HTTP Server
Documentation=man:httpd.service(8)
After=network.target remote-fs.target nss-lookup.target php-fpm.service
Wants=php-fpm.service

[Service]
Type=forking
PIDFile=/run/httpd/httpd.pid
Environment=LANG=C
EnvironmentFile=-/etc/sysconfig/httpd
ExecStartPre=/usr/bin/mkdir -p /run/httpd
ExecStart=/usr/sbin/httpd $OPTIONS -k start
ExecReload=/usr/sbin/httpd $OPTIONS -k graceful
KillMode=mixed

[Install]
WantedBy=multi-user.target
`;

const configuration = `ServerRoot "/etc/httpd"
PidFile /run/httpd/httpd.pid
Listen 80
Include conf.modules.d/*.conf
User apache
Group apache
ServerAdmin root@localhost
ServerName localhost

<Directory />
    AllowOverride none
    Require all denied
</Directory>

DocumentRoot "/var/www/html"

<Directory "/var/www">
    AllowOverride None
    Require all granted
</Directory>

<Directory "/var/www/html">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>

<IfModule dir_module>
    DirectoryIndex index.html
</IfModule>

<Files ".ht*">
    Require all denied
</Files>

ErrorLog "logs/error_log"
LogLevel warn

<IfModule log_config_module>
    LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined
    LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
    CustomLog "logs/access_log" combined
</IfModule>

<IfModule alias_module>
    ScriptAlias /cgi-bin/ "/var/www/cgi-bin/"
</IfModule>

<Directory "/var/www/cgi-bin">
    AllowOverride None
    Options None
    Require all granted
</Directory>

<IfModule mime_module>
    TypesConfig /etc/mime.types
    AddType application/x-compress .Z
    AddType application/x-gzip .gz .tgz
    AddType text/html .shtml
    AddOutputFilter INCLUDES .shtml
</IfModule>

AddDefaultCharset UTF-8
EnableSendfile on
IncludeOptional conf.d/*.conf
`;

/** A folder without an index page answers with 403 and this page, as on Amazon Linux: a health check of / is not healthy. */
const welcome = `<LocationMatch "^/+$">
    Options -Indexes
    ErrorDocument 403 /.noindex.html
</LocationMatch>

<Directory /usr/share/httpd/noindex>
    AllowOverride None
    Require all granted
</Directory>

Alias /.noindex.html /usr/share/httpd/noindex/index.html
`;

const modules = (names: string) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)
    .join('');

const base = `access_compat actions alias allowmethods auth_basic auth_digest authn_anon authn_core authn_dbm authn_file authn_socache
  authz_core authz_dbm authz_groupfile authz_host authz_owner authz_user autoindex cache cache_disk data deflate dir env expires ext_filter
  filter headers include info mime mime_magic negotiation remoteip reqtimeout request rewrite setenvif slotmem_plain slotmem_shm
  socache_dbm socache_memcache socache_shmcb status substitute unique_id userdir vhost_alias`;

const proxy = `proxy lbmethod_bybusyness lbmethod_byrequests lbmethod_bytraffic lbmethod_heartbeat proxy_ajp proxy_balancer proxy_connect
  proxy_express proxy_fcgi proxy_fdpass proxy_ftp proxy_http proxy_scgi proxy_uwsgi proxy_wstunnel`;

export const httpd: Package = {
  program: null,
  debian: ['apache2-bin', 'apache2-utils', 'media-types'],
  keeps: ['/etc/mime.types'],
  folders: [
    '/etc/httpd/conf',
    '/etc/httpd/conf.d',
    '/etc/httpd/conf.modules.d',
    '/var/www/html',
    '/var/www/cgi-bin',
    '/var/log/httpd',
    '/run/httpd',
    '/usr/share/httpd/noindex',
    '/usr/lib64/httpd',
    '/usr/lib/systemd/system',
  ],
  files: {
    '/etc/httpd/conf/httpd.conf': configuration,
    '/etc/httpd/conf.d/welcome.conf': welcome,
    '/etc/httpd/conf.modules.d/00-base.conf': modules(base),
    '/etc/httpd/conf.modules.d/00-mpm.conf': modules('mpm_event'),
    '/etc/httpd/conf.modules.d/00-proxy.conf': modules(proxy),
    '/etc/httpd/conf.modules.d/01-cgi.conf': modules('cgid'),
    '/usr/lib/systemd/system/httpd.service': unit,
    '/usr/share/httpd/noindex/index.html':
      '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>HTTP Server Test Page</title></head><body><h1>It works!</h1></body></html>\n',
  },
  programs: { '/usr/sbin/httpd': program, '/usr/sbin/apachectl': control },
  accounts: [{ name: 'apache', id: 48, home: '/usr/share/httpd' }],
  script: `ln -sfn /usr/lib/apache2/modules /usr/lib64/httpd/modules
ln -sfn ../../usr/lib64/httpd/modules /etc/httpd/modules
ln -sfn ../../var/log/httpd /etc/httpd/logs
ln -sfn /run/httpd /etc/httpd/run`,
};
