import type { JsonObject } from '../../json.ts';
import { number, object } from '../../property.ts';

/** Seconds of silence; what is left out is AWS's default: 432,000, 180 and 30. */
export interface ConnectionTracking {
  readonly tcpEstablished?: number;
  /** UDP that was answered more than once. */
  readonly udpStream?: number;
  readonly udp?: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-networkinterface-connectiontrackingspecification.html */
export function connectionTracking(properties: JsonObject): { readonly connectionTracking?: ConnectionTracking } {
  const stated = object(properties, 'ConnectionTrackingSpecification');
  const tcpEstablished = number(stated, 'TcpEstablishedTimeout');
  const udpStream = number(stated, 'UdpStreamTimeout');
  const udp = number(stated, 'UdpTimeout');
  if (tcpEstablished === undefined && udpStream === undefined && udp === undefined) return {};
  return {
    connectionTracking: {
      ...(tcpEstablished === undefined ? {} : { tcpEstablished }),
      ...(udpStream === undefined ? {} : { udpStream }),
      ...(udp === undefined ? {} : { udp }),
    },
  };
}
