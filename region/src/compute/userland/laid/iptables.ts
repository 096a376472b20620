import type { Package } from './package.ts';

const restoreScript = `#!/bin/sh
# Hands the text on: who answers for iptables hears no standard input.
options= file=
for word in "$@"; do
    case "$word" in -*) options="$options $word" ;; *) file=$word ;; esac
done
text=$(cat -- \${file:+"$file"}) || exit 1
exec /usr/lib/terrace/iptables-restore $options "$text"
`;

/** Programs that pass on to the supervisor, by path, and those that it answers for. */
export const iptablesPrograms = { '/usr/sbin/iptables-restore': restoreScript } as const;
export const iptablesLinks = {
  '/usr/sbin/iptables': 'ask.pl',
  '/usr/sbin/iptables-save': 'ask.pl',
  '/usr/lib/terrace/iptables-restore': 'ask.pl',
} as const;

/** `iptables`, for which the supervisor answers: see `compute/netfilter`. */
export const iptables: Package = {
  program: null,
  programs: iptablesPrograms,
  script: Object.entries(iptablesLinks)
    .map(([path, target]) => `ln -sfn /usr/lib/terrace/${target} ${path}`)
    .join('\n'),
  differs: 'rules of the tables filter and nat act; the region loads them',
};

const unit = `[Unit]
Description=IPv4 firewall with iptables
Before=network-pre.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/libexec/iptables/iptables.init start
ExecReload=/usr/libexec/iptables/iptables.init reload
ExecStop=/usr/libexec/iptables/iptables.init stop

[Install]
WantedBy=multi-user.target
`;

const init = `#!/bin/sh
file=/etc/sysconfig/iptables
case "$1" in
start | reload | restart) [ ! -e $file ] || iptables-restore $file ;;
stop) printf '*filter\\nCOMMIT\\n*nat\\nCOMMIT\\n' | iptables-restore ;;
save) iptables-save >$file && chmod 600 $file ;;
*) exit 2 ;;
esac
`;

/** What the package of Amazon Linux brings: it refuses what is forwarded until somebody takes the rule out. */
const sample = `# sample configuration for iptables service
# you can edit this manually or use system-config-firewall
# please do not ask us to add additional ports/services to this default configuration
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT
-A INPUT -j REJECT --reject-with icmp-host-prohibited
-A FORWARD -j REJECT --reject-with icmp-host-prohibited
COMMIT
`;

export const iptablesServices: Package = {
  program: null,
  needs: ['iptables'],
  folders: ['/etc/sysconfig', '/usr/lib/systemd/system', '/usr/libexec/iptables'],
  files: { '/etc/sysconfig/iptables': sample, '/usr/lib/systemd/system/iptables.service': unit },
  programs: { '/usr/libexec/iptables/iptables.init': init },
};
