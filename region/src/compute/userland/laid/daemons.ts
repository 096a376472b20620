import type { Package } from './package.ts';

const haproxyUnit = `[Unit]
Description=HAProxy Load Balancer
After=network-online.target
Wants=network-online.target

[Service]
Environment="CONFIG=/etc/haproxy/haproxy.cfg" "PIDFILE=/run/haproxy.pid"
EnvironmentFile=-/etc/sysconfig/haproxy
ExecStartPre=/usr/sbin/haproxy -f $CONFIG -c -q $OPTIONS
ExecStart=/usr/sbin/haproxy -Ws -f $CONFIG -p $PIDFILE $OPTIONS
ExecReload=/bin/kill -USR2 $MAINPID
KillMode=mixed
Type=notify

[Install]
WantedBy=multi-user.target
`;

const haproxyConfiguration = `global
    maxconn 4000
    user haproxy
    group haproxy

defaults
    mode http
    timeout connect 10s
    timeout client 1m
    timeout server 1m

frontend main
    bind *:5000
    default_backend app

backend app
    balance roundrobin
    server app1 127.0.0.1:5001 check
`;

/** HAProxy as Amazon Linux 2023 lays it down. */
export const haproxy: Package = {
  program: null,
  debian: ['haproxy'],
  folders: ['/etc/haproxy/conf.d', '/var/lib/haproxy', '/usr/lib/systemd/system'],
  files: { '/etc/haproxy/haproxy.cfg': haproxyConfiguration, '/usr/lib/systemd/system/haproxy.service': haproxyUnit },
  accounts: [{ name: 'haproxy', id: 188, home: '/var/lib/haproxy' }],
};

const memcachedUnit = `[Unit]
Description=memcached daemon
After=network.target

[Service]
EnvironmentFile=/etc/sysconfig/memcached
ExecStart=/usr/bin/memcached -p \${PORT} -u \${USER} -m \${CACHESIZE} -c \${MAXCONN} $OPTIONS

[Install]
WantedBy=multi-user.target
`;

/** memcached as Amazon Linux 2023 lays it down. */
export const memcached: Package = {
  program: null,
  debian: ['memcached'],
  folders: ['/usr/lib/systemd/system'],
  files: {
    '/etc/sysconfig/memcached':
      'PORT="11211"\nUSER="memcached"\nMAXCONN="1024"\nCACHESIZE="64"\nOPTIONS="-l 127.0.0.1"\n',
    '/usr/lib/systemd/system/memcached.service': memcachedUnit,
  },
  accounts: [{ name: 'memcached', id: 990, home: '/run/memcached' }],
};
