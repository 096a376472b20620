import type { JsonObject } from '../../json.ts';
import { text } from '../../property.ts';

/**
 * CDK's `DnsValidatedCertificate`: its function requests a certificate and writes the record that validates it.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_certificatemanager.DnsValidatedCertificate.html
 */
export function isCertificateRequest(properties: JsonObject): boolean {
  const stated = ['DomainName', 'HostedZoneId'].every((name) => text(properties, name) !== undefined);
  return stated && /CertificateRequestor/.test(text(properties, 'ServiceToken') ?? '');
}
