import { AwsError } from './aws-error.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { xml } from './xml.ts';

/** How a call is written on the wire. https://smithy.io/2.0/aws/protocols/index.html */
export type Protocol = 'json' | 'query' | 'ec2' | 'cbor' | 'rest';

export interface ParsedCall {
  readonly protocol: Protocol;
  /** Empty for REST calls, which have no action by name. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export function parseCall(
  service: string,
  request: {
    readonly method: string;
    readonly path: string;
    readonly query: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
  },
): ParsedCall {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) {
    return { protocol: 'json', action: target.split('.').at(-1)!, input: parseJson(request.body) };
  }
  const operation = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(request.path)?.[1];
  if (operation !== undefined) {
    const input = request.body.length === 0 ? {} : (decodeCbor(request.body) as Record<string, unknown>);
    return { protocol: 'cbor', action: operation, input };
  }
  const form = new URLSearchParams(request.method === 'POST' ? request.body.toString() : request.query);
  const action = form.get('Action');
  if (action === null) return { protocol: 'rest', action: '', input: {} };
  return { protocol: service === 'ec2' ? 'ec2' : 'query', action, input: nested(form) };
}

interface Written {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export function writeOutput(
  protocol: Protocol,
  service: string,
  action: string,
  output: unknown,
  requestId: string,
): Written {
  switch (protocol) {
    case 'json':
      return { headers: { 'Content-Type': 'application/x-amz-json-1.1' }, body: JSON.stringify(output ?? {}) };
    case 'cbor':
      return { headers: cborHeaders, body: encodeCbor(output ?? {}) };
    case 'ec2': {
      const content = `<requestId>${requestId}</requestId>${children(output, 'item')}`;
      return xmlDocument(`<${action}Response xmlns="${namespaces.ec2}">${content}</${action}Response>`);
    }
    default: {
      const result = xml(`${action}Result`, output ?? {});
      const metadata = xml('ResponseMetadata', { RequestId: requestId });
      return xmlDocument(`<${action}Response xmlns="${namespaces[service]}">${result}${metadata}</${action}Response>`);
    }
  }
}

export function writeError(protocol: Protocol, error: AwsError, requestId: string): Written {
  const { code, message, status } = error;
  switch (protocol) {
    case 'json':
      return {
        headers: { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-ErrorType': code },
        body: JSON.stringify({ __type: code, message, Message: message }),
      };
    case 'cbor':
      return { headers: cborHeaders, body: encodeCbor({ __type: code, message }) };
    case 'ec2':
      return xmlDocument(
        xml('Response', { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId }),
      );
    case 'query':
      return xmlDocument(
        xml('ErrorResponse', {
          Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
          RequestId: requestId,
        }),
      );
    case 'rest':
      return {
        headers: { 'Content-Type': 'application/json', 'x-amzn-ErrorType': code },
        body: JSON.stringify({ message, Message: message }),
      };
  }
}

const cborHeaders = { 'Content-Type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };

const namespaces: Readonly<Record<string, string>> = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  autoscaling: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  monitoring: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
};

function xmlDocument(content: string): Written {
  return { headers: { 'Content-Type': 'text/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${content}` };
}

function children(output: unknown, listName: string): string {
  return Object.entries((output ?? {}) as Record<string, unknown>)
    .map(([key, value]) => xml(key, value, listName))
    .join('');
}

function parseJson(body: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString() || '{}');
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // Said below, as for what is JSON and no object.
  }
  throw new AwsError(400, 'SerializationException', 'The request body is not a JSON object.');
}

/** `Filter.1.Value.2=x` becomes `{ Filter: { 1: { Value: { 2: 'x' } } } }`. */
function nested(form: URLSearchParams): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, value] of form) {
    const parts = name.split('.');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      if (typeof at[part] !== 'object') at[part] = Object.create(null);
      at = at[part] as Record<string, unknown>;
    }
    at[parts.at(-1)!] = value;
  }
  return root;
}
