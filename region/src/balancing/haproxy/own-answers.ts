import type { LoadBalancer } from '@terrace/cloud/views/balancing';

/** Reasons as an Application Load Balancer writes them. */
const reasons: Readonly<Record<number, string>> = {
  400: '400 Bad Request',
  408: '408 Request Time-out',
  500: '500 Internal Server Error',
  501: '501 Not Implemented',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

/**
 * What an Application Load Balancer says where no target answers: a page with the status.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function errorPages({ kind }: Pick<LoadBalancer, 'kind'>): string[] {
  if (kind === 'classic') return [];
  return Object.entries(reasons).map(
    ([status, reason]) => `  http-error status ${status} content-type text/html string "${page(reason)}"`,
  );
}

/**
 * HAProxy's 503 of a backend becomes 502 or 504 where there are servers to ask: its page says so too. In `txn.alive` is 1 where there are, in
 * `txn.begun` when the request came.
 */
export const unansweredPage = `http-error status 503 content-type text/html lf-string "${page(
  `%[date(0,ms),sub(txn.begun),div(10000),add(1),mul(txn.alive),regsub(^0\\$,${reasons[503]}),regsub(^1\\$,${reasons[502]}),regsub(^[0-9]+\\$,${reasons[504]})]`,
)}"`;

function page(title: string): string {
  return `<html>\\r\\n<head><title>${title}</title></head>\\r\\n<body>\\r\\n<center><h1>${title}</h1></center>\\r\\n</body>\\r\\n</html>\\r\\n`;
}

/** Answers that no target gave name the load balancer as their server. */
export function ownServerName({ kind }: Pick<LoadBalancer, 'kind'>): string[] {
  if (kind === 'classic') return [];
  return [
    '  http-response set-var(txn.given) int(1)',
    '  http-after-response set-header Server awselb/2.0 unless { var(txn.given) -m found }',
  ];
}
