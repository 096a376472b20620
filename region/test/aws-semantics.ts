/**
 * What AWS documents and a test here names: the fact, and the page it stands on. A test of each has the fact's name in its title, in the line
 * above it or, for the table of connectivity cases, in its row.
 */
export const awsSemantics: readonly (readonly [fact: string, source: string])[] = [
  ['longest-prefix-match', 'https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html'],
  ['local-route-per-range', 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html'],
  ['route-longer-than-local', 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html'],
  [
    'subnet-without-association-uses-main-table',
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html',
  ],
  ['one-table-per-subnet', 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html'],
  ['blackhole-route', 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html'],
  ['missing-route-times-out', 'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html'],
  ['link-local-not-routable', 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html'],
  ['source-destination-check', 'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html'],
  ['reserved-addresses', 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html'],
  [
    'interface-belongs-to-subnet',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html',
  ],
  ['sg-stateful', 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html'],
  ['sg-both-ends-decide', 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  ['sg-union-allow-only', 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  ['sg-new-group', 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  ['sg-default-group', 'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html'],
  ['sg-self-reference', 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  [
    'sg-reference-means-private-addresses',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  ['sg-reference-scope', 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  ['sg-reference-lost-behind-nat', 'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html'],
  [
    'sg-tracked-survive-rule-removal',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html',
  ],
  [
    'sg-untracked-break-at-once',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html',
  ],
  ['sg-always-tracked', 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html'],
  ['sg-idle-timeouts', 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html'],
  [
    'sg-icmp-rules',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html',
  ],
  [
    'sg-protocol-minus-one',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html',
  ],
  ['sg-prefix-list', 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  ['not-filtered-by-groups-or-acls', 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  ['acl-stateless', 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  ['acl-first-match', 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  ['acl-final-deny', 'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html'],
  ['acl-default-allows', 'https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html'],
  ['acl-ephemeral-ports', 'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html'],
  ['acl-edge-of-subnet-only', 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  [
    'acl-change-breaks-connections',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html',
  ],
  ['igw-needs-public-address', 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html'],
  ['igw-needs-route-too', 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html'],
  ['igw-one-to-one-translation', 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html'],
  ['igw-public-to-public-and-hairpin', 'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html'],
  ['igw-refuses-private-addresses', 'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html'],
  ['public-address-on-launch', 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/working-with-ip-addresses.html'],
  ['nat-public-subnet', 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html'],
  ['nat-no-inbound', 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html'],
  ['nat-protocols-and-idle', 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html'],
  ['nat-source-address', 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html'],
  ['nat-acl-not-group', 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  ['nat-not-for-peers', 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  ['nat-into-peer-returns', 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  ['peering-routes-both-sides', 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html'],
  ['peering-not-transitive', 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'],
  ['peering-no-edge-to-edge', 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'],
  [
    'peering-overlap-refused',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcpeeringconnection.html',
  ],
  [
    'peering-answers-by-table',
    'https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html',
  ],
  ['peering-group-reference', 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html'],
  ['peering-public-dns-names', 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html'],
  ['peering-resolver-unreachable', 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'],
  [
    'alb-two-zones',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html',
  ],
  [
    'lb-own-group-on-path',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
  ],
  [
    'alb-cross-zone',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html',
  ],
  [
    'lb-fail-open',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  ],
  [
    'alb-health-first-and-thresholds',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  ],
  [
    'alb-errors',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  ],
  [
    'alb-client-address',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html',
  ],
  [
    'alb-timeouts',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html',
  ],
  ['nlb-timeouts', 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html'],
  [
    'deregistration-delay',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html',
  ],
  [
    'alb-rule-order',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  ],
  [
    'lb-scheme-and-names',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html',
  ],
  [
    'lb-internet-facing-in-private-subnet',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  ],
  [
    'nlb-client-address',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
  ],
  [
    'nlb-security-groups',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
  ],
  [
    'nlb-no-hairpin',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html',
  ],
  [
    'nlb-unhealthy-termination',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
  ],
  [
    'nlb-deregistration-termination',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
  ],
  [
    'nlb-zone-in-dns',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html',
  ],
  ['resolver-addresses', 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html'],
  ['dns-attributes', 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html'],
  [
    'private-zones',
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html',
  ],
  ['public-name-inside-is-private', 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html'],
  ['imdsv2-token', 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html'],
  ['imds-hop-limit', 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html'],
  [
    'rds-postgres-15-forces-tls',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html',
  ],
  ['rds-multi-az-failover', 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html'],
  [
    'rds-endpoint-address',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
  ],
  ['asg-health-types', 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html'],
  ['asg-grace-period', 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html'],
  ['asg-zone-balance', 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html'],
  ['gateway-endpoint-route', 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html'],
  ['interface-endpoint', 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html'],
  [
    'cfn-egress-default',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html',
  ],
  ['sg-quotas', 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html'],
  [
    'rds-subnet-group',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
  ],
  ['asg-stopped-is-replaced', 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html'],
  [
    'cfn-gateway-before-public',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html',
  ],
  [
    'cfn-peering-before-group-reference',
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html',
  ],
  [
    'cfn-creation-policy',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html',
  ],
  [
    'cfn-update-behaviors',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html',
  ],
  [
    'cfn-exports',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html',
  ],
];

/** Facts of the same file that concern what is not built, each with the reason: no test names them. */
export const notBuilt: readonly (readonly [fact: string, reason: string])[] = [
  [
    'asg-launch-notifications',
    'No message leaves a region: topics of SNS are modelled, and a group’s notifications are priced and drawn, not sent.',
  ],
];
