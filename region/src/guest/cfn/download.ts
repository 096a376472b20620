import { sendPatiently } from '../request.ts';
import type { Authentication } from './authentication.ts';
import { BuildError } from './build-error.ts';

const mostRedirects = 10;

/** The content of an address, over the region's network as any other packet. */
export async function download(address: string, authentication: Authentication, named?: string): Promise<Buffer> {
  let url = parse(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const headers = await authentication.methodFor(url, redirects === 0 ? named : undefined)(url);
    const answer = await sendPatiently({ url, method: 'GET', headers, patience: 10_000 }).catch((error: Error) => {
      throw new BuildError(`Failed to retrieve ${address}: ${error.message}`);
    });
    const { location } = answer.headers;
    if (answer.status >= 300 && answer.status < 400 && typeof location === 'string') {
      url = new URL(location, url);
      continue;
    }
    if (answer.status === 200) return answer.body;
    const said = String(answer.body).slice(0, 500).replaceAll('\n', ' ');
    throw new BuildError(`Failed to retrieve ${address}: HTTP Error ${answer.status} : ${said}`);
  }
  throw new BuildError(`Failed to retrieve ${address}: more than ${mostRedirects} redirects`);
}

function parse(address: string): URL {
  if (!URL.canParse(address)) throw new BuildError(`Failed to retrieve ${address}: it is no address`);
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new BuildError(`Failed to retrieve ${address}: ${url.protocol}// is not carried out in a rehearsal`);
  return url;
}
