/** Metrics of AWS's own namespaces that a region measures. Other namespaces are an application's own: it reports them itself. */
const measured: Readonly<Record<string, ReadonlySet<string>>> = {
  'AWS/AutoScaling': new Set([
    'GroupMinSize',
    'GroupMaxSize',
    'GroupDesiredCapacity',
    'GroupInServiceInstances',
    'GroupPendingInstances',
    'GroupStandbyInstances',
    'GroupTerminatingInstances',
    'GroupTotalInstances',
  ]),
  'AWS/ApplicationELB': new Set([
    'ActiveConnectionCount',
    'HealthyHostCount',
    'HTTPCode_ELB_3XX_Count',
    'HTTPCode_ELB_4XX_Count',
    'HTTPCode_ELB_5XX_Count',
    'HTTPCode_Target_2XX_Count',
    'HTTPCode_Target_3XX_Count',
    'HTTPCode_Target_4XX_Count',
    'HTTPCode_Target_5XX_Count',
    'NewConnectionCount',
    'ProcessedBytes',
    'RequestCount',
    'RequestCountPerTarget',
    'TargetConnectionErrorCount',
    'UnHealthyHostCount',
  ]),
  'AWS/EC2': new Set([
    'CPUUtilization',
    'NetworkIn',
    'NetworkOut',
    'NetworkPacketsIn',
    'NetworkPacketsOut',
    'StatusCheckFailed',
    'StatusCheckFailed_Instance',
    'StatusCheckFailed_System',
  ]),
  'AWS/NATGateway': new Set([
    'BytesInFromDestination',
    'BytesInFromSource',
    'BytesOutToDestination',
    'BytesOutToSource',
    'ConnectionAttemptCount',
    'ConnectionEstablishedCount',
    'ErrorPortAllocation',
    'PacketsInFromDestination',
    'PacketsInFromSource',
    'PacketsOutToDestination',
    'PacketsOutToSource',
  ]),
  'AWS/RDS': new Set(['CPUUtilization', 'DatabaseConnections', 'FreeStorageSpace']),
  'AWS/NetworkELB': new Set(['HealthyHostCount', 'UnHealthyHostCount']),
};

/** Whether a metric has data in a region, as far as that can be told: what an application reports by itself is taken to come. */
export function isMeasured({ namespace, name }: { readonly namespace: string; readonly name: string }): boolean {
  if (Object.hasOwn(measured, namespace)) return measured[namespace]!.has(name);
  return !namespace.startsWith('AWS/') && namespace !== 'CWAgent';
}
