import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

interface Call {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Milliseconds without a byte before it is given up. */
  readonly patience: number;
  /** Certificates to trust instead of Node's own, PEM. */
  readonly trust?: Buffer | undefined;
}

/** One HTTP call; rejects with Node's own error where nobody answers. Node trusts the region's authority by `NODE_EXTRA_CA_CERTS`. */
export function send({ url, method, headers, body, patience, trust }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? secure : plain;
    const outgoing = open(url, { method, headers, timeout: patience, agent: false, ca: trust }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          statusText: incoming.statusMessage ?? '',
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.once('timeout', () =>
      outgoing.destroy(
        Object.assign(new Error(`${url.host} did not answer in ${patience / 1000} s`), { code: 'ETIMEDOUT' }),
      ),
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Again, a few times, where a call found nobody or a server in trouble, as the AWS CLI does. */
export async function sendPatiently(call: Call, attempts = 3): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await send(call);
      if (answer.status < 500 || attempt === attempts) return answer;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
  }
}
