import { readFile } from 'node:fs/promises';
import { type Credentials, findCredentials, findRegion } from './metadata.ts';
import { Refusal } from './refusal.ts';
import { type Answer, sendPatiently } from './request.ts';
import { sign } from './signature.ts';

/** A signed call to one of AWS's services, over the fabric as any other packet. */
export async function callService(
  service: string,
  asked: string | undefined,
  call: {
    /** Below the service's host; S3 names its bucket in the host. */
    readonly path: string;
    readonly host?: (region: string) => string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
    /** By which it is signed; the environment's or the role's unless said otherwise. */
    readonly credentials?: Credentials;
  },
): Promise<Answer> {
  const region = await findRegion(asked);
  const credentials = call.credentials ?? (await findCredentials());
  const host = call.host?.(region) ?? `${service}.${region}.amazonaws.com`;
  const url = new URL(`https://${host}${call.path}`);
  const headers = sign({
    url,
    method: call.method,
    headers: { ...call.headers, 'user-agent': 'aws-cli/2 (Terrace)' },
    body: call.body,
    credentials,
    region,
    service,
    time: new Date(),
  });
  try {
    return await sendPatiently({
      url,
      method: call.method,
      headers: { ...headers, 'content-length': String(call.body.length) },
      body: call.body,
      patience: 10_000,
      trust: await trusted(),
    });
  } catch (error) {
    throw new Refusal(
      `Could not connect to the endpoint URL: "${url.origin}${url.pathname}" (${(error as Error).message})`,
      255,
    );
  }
}

/** As the AWS CLI does: what `AWS_CA_BUNDLE` holds, and nothing else. */
async function trusted(): Promise<Buffer | undefined> {
  const file = process.env.AWS_CA_BUNDLE;
  if (file === undefined) return undefined;
  return readFile(file).catch((error: Error) => {
    throw new Refusal(`AWS_CA_BUNDLE: ${error.message}`, 255);
  });
}

/** The JSON protocol of most services; an error answer ends the program as the AWS CLI does. */
export async function callJson(
  service: string,
  region: string | undefined,
  target: string,
  input: unknown,
): Promise<Record<string, unknown>> {
  const operation = target.split('.').at(-1);
  const answer = await callService(service, region, {
    path: '/',
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: Buffer.from(JSON.stringify(input)),
  });
  const output = JSON.parse(String(answer.body) || '{}') as Record<string, unknown>;
  if (answer.status === 200) return output;
  const code = String(output.__type ?? answer.status)
    .split('#')
    .at(-1);
  throw new Refusal(
    `An error occurred (${code}) when calling the ${operation} operation: ${output.message ?? output.Message ?? ''}`,
    254,
  );
}

/** The query protocol of the older services, which answers in XML. */
export async function callQuery(
  service: string,
  region: string | undefined,
  version: string,
  action: string,
  input: Readonly<Record<string, string>>,
  credentials?: Credentials,
): Promise<string> {
  const answer = await callService(service, region, {
    ...(credentials ? { credentials } : {}),
    path: '/',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: Buffer.from(new URLSearchParams({ Action: action, Version: version, ...input }).toString()),
  });
  const text = String(answer.body);
  if (answer.status === 200) return text;
  throw new Refusal(
    `An error occurred (${element(text, 'Code') ?? answer.status}) when calling the ${action} operation: ${element(text, 'Message') ?? ''}`,
    254,
  );
}

/** The text of an XML answer's first element of that name. */
export function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, entity: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[entity] ?? '',
  );
}
