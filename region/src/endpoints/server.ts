import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AwsError, accessDenied, notCarriedOut } from './aws-error.ts';
import type { ActionService, Call, Reply } from './call.ts';
import type { Authorize, EndpointEvent, EndpointsConfiguration, VpcEndpoint } from './configuration.ts';
import { calledService } from './host-name.ts';
import { answerPackages, packageBucket } from './objects/package-buckets.ts';
import { answerObjects } from './objects/simple-storage.ts';
import type { ObjectStorage } from './objects/storage.ts';
import { type ParsedCall, type Protocol, parseCall, writeError, writeOutput } from './protocol.ts';
import { autoScaling } from './services/auto-scaling.ts';
import { cloudFormation } from './services/cloudformation.ts';
import { computeCloud } from './services/compute-cloud.ts';
import { monitoring } from './services/monitoring.ts';
import { secretsManager } from './services/secrets-manager.ts';
import { assumedRoleArn, securityToken } from './services/security-token.ts';
import { systemsManager } from './services/systems-manager.ts';
import { verifySignature } from './signature.ts';
import type { Wire } from './wire.ts';
import { xml } from './xml.ts';

const ownServices: readonly ActionService[] = [
  secretsManager,
  systemsManager,
  securityToken,
  cloudFormation,
  monitoring,
  computeCloud,
  autoScaling,
];

/** More than the largest of AWS's own action calls. */
const largestBody = 4 * 2 ** 20;

interface Surroundings {
  /** The interface endpoint that this request came by. */
  readonly endpoint: VpcEndpoint | null;
  /** What can be called where the request arrived. */
  readonly services: readonly string[];
  readonly familyServices: readonly ActionService[];
  readonly configuration: EndpointsConfiguration;
  readonly authorize: Authorize;
  readonly objects: ObjectStorage;
  readonly emit: (event: EndpointEvent) => void;
}

/** Answers one request, whatever it is: an error of the caller's is AWS's error, anything else an InternalFailure. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  around: Surroundings,
): Promise<void> {
  const requestId = randomUUID();
  const host = request.headers.host ?? '';
  const named = calledService(host, around.configuration.region);
  const called = named && around.services.includes(named.service) ? named : undefined;
  const [path = '/', ...queryParts] = (request.url ?? '/').split('?');
  const wire: Wire = {
    method: request.method ?? 'GET',
    path,
    query: queryParts.join('?'),
    headers: plainHeaders(request),
    source: request.socket.remoteAddress ?? '',
    requestId,
    service: called?.service ?? '',
    bucket: called?.bucket ?? null,
  };
  const record: { action: string; role: string | null; session: string | null } = {
    action: '',
    role: null,
    session: null,
  };
  let protocol: Protocol = wire.headers['x-amz-target'] === undefined ? 'rest' : 'json';
  let reply: Reply;
  let failed: string | null = null;
  try {
    if (!called) throw new AwsError(421, 'UnknownEndpoint', `${host} is not served at this address`);
    const mirrored = called.service === 's3' ? packageBucket(wire, around.configuration.region) : null;
    if (mirrored !== null) reply = await answerPackages(wire, mirrored, endpointOf(wire, around), around.authorize);
    else if (called.service === 's3')
      reply = await answerObjects(request, wire, callOf(wire, null, around, record), around.objects);
    else {
      const body = await readBody(request);
      const call = callOf(wire, createHash('sha256').update(body).digest('hex'), around, record);
      const parsed = parseCall(called.service, { ...wire, body });
      protocol = parsed.protocol;
      record.action = parsed.action;
      reply = await answerAction(parsed, call, serviceOf(wire, around), requestId);
    }
  } catch (error) {
    const said = error instanceof AwsError ? error : internal(error, around.emit);
    failed = said.code;
    const written = wire.service === 's3' ? objectError(said, wire) : writeError(protocol, said, requestId);
    reply = { status: said.status, ...written };
  }
  const { service, source } = wire;
  around.emit({ kind: 'call', service, ...record, source, status: reply.status, error: failed });
  await send(request, response, reply, requestId);
}

function serviceOf({ service }: Wire, { familyServices }: Surroundings): ActionService | undefined {
  return [...ownServices, ...familyServices].find(({ name }) => name === service);
}

async function answerAction(
  parsed: ParsedCall,
  call: Call,
  service: ActionService | undefined,
  requestId: string,
): Promise<Reply> {
  const action = service && Object.hasOwn(service.actions, parsed.action) ? service.actions[parsed.action] : undefined;
  if (!service || !action || service.protocols?.includes(parsed.protocol) === false)
    throw notCarriedOut(call.service, parsed.action || 'this request');
  const output = await action(parsed.input, call);
  return { status: 200, ...writeOutput(parsed.protocol, service.name, parsed.action, output, requestId) };
}

/** The VPC endpoint that a request came by. */
function endpointOf(wire: Wire, { endpoint, configuration }: Surroundings): VpcEndpoint | undefined {
  const gateway = configuration.gatewayEndpoints.find(
    (each) => each.source === wire.source && each.service === wire.service,
  );
  return endpoint ?? gateway;
}

/** Checks the signature, and remembers for the record whose it was. */
function callOf(
  wire: Wire,
  bodyHash: string | null,
  around: Surroundings,
  record: { action: string; role: string | null; session: string | null },
): Call {
  const { configuration, authorize, emit } = around;
  const { sealingKey, region } = configuration;
  const now = Date.now();
  const known = wire.service === 's3' || serviceOf(wire, around) !== undefined;
  const service = known ? wire.service : null;
  const session = verifySignature({ ...wire, bodyHash }, { sealingKey, region, service, now });
  Object.assign(record, { role: session.role, session: session.name });
  const by = endpointOf(wire, around);
  const context = {
    ...(by ? { 'aws:SourceVpce': by.id, 'aws:SourceVpc': by.vpc } : { 'aws:SourceIp': wire.source }),
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:PrincipalArn': session.role,
    'aws:PrincipalAccount': configuration.account,
    'aws:PrincipalType': 'AssumedRole',
    'aws:RequestedRegion': region,
    'aws:UserAgent': wire.headers['user-agent'] ?? '',
  };
  const decide = async (
    action: string,
    resource: string,
    more: Readonly<Record<string, string | readonly string[]>> = {},
  ) => {
    record.action ||= action.split(':')[1]!;
    const endpointPolicy = by?.policy ?? null;
    return authorize({
      role: session.role,
      session: session.name,
      action,
      resource,
      context: { ...context, ...more },
      endpointPolicy,
    });
  };
  return {
    service: wire.service,
    session,
    configuration,
    emit,
    allows: async (...asked) => (await decide(...asked)).allowed,
    authorize: async (action, resource, more) => {
      const { allowed, explicit } = await decide(action, resource, more);
      if (!allowed) throw accessDenied(assumedRoleArn(session.role, session.name), action, resource, explicit);
    },
  };
}

function plainHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largestBody) throw new AwsError(413, 'RequestEntityTooLarge', 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function objectError({ code, message }: AwsError, { path, requestId }: Wire) {
  const body = xml('Error', { Code: code, Message: message, Resource: path, RequestId: requestId });
  return { headers: { 'Content-Type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` };
}

/** A bug, or the disk: the caller learns no more than AWS would say, the region what happened. */
function internal(error: unknown, emit: Surroundings['emit']): AwsError {
  emit({
    kind: 'internal-failure',
    said: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return new AwsError(500, 'InternalFailure', 'The request processing has failed because of an unknown error.');
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  requestId: string,
): Promise<void> {
  const { body } = reply;
  const length =
    typeof body === 'string' || Buffer.isBuffer(body) ? { 'Content-Length': String(Buffer.byteLength(body)) } : {};
  response.writeHead(reply.status, {
    'x-amzn-RequestId': requestId,
    'x-amz-request-id': requestId,
    ...length,
    ...reply.headers,
  });
  const nothing = request.method === 'HEAD' || reply.status === 304 || reply.status === 204;
  if (nothing) response.end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else await pipeline(body, response).catch(() => response.destroy());
  // What was not read of a refused upload would otherwise be taken for the next request.
  if (!request.complete) request.resume();
}
