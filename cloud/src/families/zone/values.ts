import type { Values } from '../contract/values.ts';

export const values: Values = {
  'AWS::Route53::RecordSet': {
    Type: 'A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT',
  },
};
