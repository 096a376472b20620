import { formatAddress } from '@terrace/cloud/address';
import type { ClockCase, ConnectionCase, ExpectedAnswer, QuestionCase, RequestCase } from './connectivity/case.ts';
import { type Answer, InhabitedNetwork } from './fabric/inhabited-network.ts';

/** Rows that need somebody who serves, asks or holds a connection. */
export type Conversation = RequestCase | QuestionCase | ClockCase | ConnectionCase;

export interface Held {
  readonly row: Conversation;
  readonly expected: unknown;
  readonly shown: unknown;
}

/** How long a load balancer may take to act on what its checks say, in milliseconds. */
const settling = 60_000;

/** Holds the conversations of rows of one template and the same servers, one after the other, in one network. */
export async function* conversationsIn(rows: readonly Conversation[]): AsyncGenerator<Held> {
  const [first] = rows;
  const servers = first && 'servers' in first ? first.servers : {};
  const ports = Object.fromEntries(Object.entries(servers).map(([name, { port }]) => [name, port]));
  await using network = await InhabitedNetwork.open(first!.template, ports);
  for (const [name, { health }] of Object.entries(servers)) {
    if (health !== undefined) await network.health(name, health);
  }
  await until(async () => {
    const targets = await network.targets();
    return targets.every(({ target, health }) =>
      (servers[target]?.health ?? 200) < 400 ? health !== 'initial' : health === 'unhealthy',
    );
  });
  for (const row of rows) {
    if (row.kind === 'request') yield { row, ...(await request(network, row)) };
    else if (row.kind === 'question') yield { row, ...(await ask(network, row)) };
    else if (row.kind === 'clock') yield { row, expected: row.expected, shown: await askTime(network, row) };
    else yield { row, expected: row.expected, shown: await hold(network, row) };
  }
}

/** A node that is asked may be a moment behind what the checks of another say: it is asked until it is as it should be, or time is up. */
async function request(network: InhabitedNetwork, row: RequestCase) {
  const expected = sorted(row.answer) as ExpectedAnswer;
  let shown: ExpectedAnswer = {};
  const asked = async () => {
    shown = sorted(shownOf(network, await answersTo(network, row), expected)) as ExpectedAnswer;
    return JSON.stringify(shown) === JSON.stringify(expected);
  };
  if (row.request.meanwhile === undefined) await until(asked);
  else await asked();
  return { expected, shown };
}

async function answersTo(
  network: InhabitedNetwork,
  { from, request, servers, answer: expected }: RequestCase,
): Promise<Answer[]> {
  const { secure = false, port, path, method, serverName, headers, times, keepsCookies = false, meanwhile } = request;
  const to = addressFor(network, from, request.zone === undefined ? request.to : `${request.to}/${request.zone}`);
  const url = `${secure ? 'https' : 'http'}://${to}:${port}${path}`;
  const answers: Answer[] = [];
  for (let index = 0; index < times; index += 1) {
    const cookies = keepsCookies && index > 0 ? { cookie: cookiesOf(answers[0]!) } : {};
    const answer = network.request(from, {
      url,
      method,
      headers: { ...headers, ...cookies },
      milliseconds: expected.none === 'silence' ? 1_500 : 15_000,
      ...(serverName === undefined ? {} : { serverName }),
    });
    if (meanwhile !== undefined) {
      await until(async () =>
        (await Promise.all(Object.keys(servers).map((name) => network.underWay(name)))).some((count) => count > 0),
      );
      await network.apply(meanwhile);
    }
    answers.push(await answer);
  }
  return answers;
}

/** Of what came back, as much as the row says something about. */
function shownOf(network: InhabitedNetwork, answers: readonly Answer[], expected: ExpectedAnswer): ExpectedAnswer {
  const last = answers.at(-1)!;
  const served = [...new Set(answers.map(({ asked }) => asked?.server ?? 'nobody'))];
  const pick = (from: Readonly<Record<string, unknown>> | undefined, keys: object) =>
    Object.fromEntries(Object.keys(keys).map((key) => [key, from?.[key] ?? null]));
  const given: Record<keyof ExpectedAnswer, () => unknown> = {
    status: () => answers.find(({ status }) => status !== expected.status)?.status ?? last.status,
    body: () => last.body,
    headers: () => pick(last.headers, expected.headers!),
    servers: () => (expected.servers === 'the same' && served.length === 1 && last.asked ? 'the same' : served),
    client: () =>
      addressesOf(network, expected.client!).includes(last.asked?.client ?? '') ? expected.client : last.asked?.client,
    seen: () => {
      const seen = pick(last.asked?.headers, expected.seen!);
      return Object.fromEntries(
        Object.entries(expected.seen!).map(([name, wanted]) => [
          name,
          wanted !== null && addressesOf(network, wanted).includes(String(seen[name])) ? wanted : seen[name],
        ]),
      );
    },
    none: () => missing(last),
  };
  return Object.fromEntries(
    Object.keys(expected).map((key) => [key, given[key as keyof ExpectedAnswer]()]),
  ) as ExpectedAnswer;
}

function missing({ status, error }: Answer): string {
  if (error === 'timeout') return 'silence';
  if (error === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'another name';
  return status >= 500 || error === 'ECONNRESET' ? 'cut' : `${status} ${error}`;
}

function cookiesOf({ headers }: Answer): string {
  return (headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ');
}

async function ask(network: InhabitedNetwork, { from, name, type, resolver, answer }: QuestionCase) {
  const asked = name.startsWith('name:') ? network.nameOf(name.slice(5)) : name;
  const said = await network.resolve(from, { name: asked, type, resolver });
  const expected = typeof answer === 'string' ? answer : answer.map((each) => addressesOf(network, each)[0]!).sort();
  const codes: Record<string, string> = { ENOTFOUND: 'no such name', ETIMEOUT: 'silence' };
  return { expected, shown: typeof said === 'string' ? (codes[said] ?? said) : [...said].sort() };
}

async function askTime(network: InhabitedNetwork, { from, server }: ClockCase): Promise<string> {
  const said = await network.time(from, { server });
  if (said === null) return 'silence';
  return Math.abs(said - Date.now()) < 10_000 ? 'the time' : `another time: ${new Date(said).toISOString()}`;
}

async function hold(network: InhabitedNetwork, { from, to, port, meanwhile, silence = 0, expected }: ConnectionCase) {
  const text = 'GET / HTTP/1.1\r\nhost: any\r\n\r\n';
  await network.openConnection(from, { id: 'held', to: addressFor(network, from, to), port, greeted: false });
  const first = await network.say(from, { id: 'held', text });
  if (!/200 OK/.test(first)) return `never began: ${first}`;
  if (meanwhile !== undefined) await network.apply(meanwhile);
  await new Promise((resolve) => setTimeout(resolve, silence * 1000));
  const milliseconds = expected === 'lives' ? 15_000 : 700;
  return /200 OK/.test(await network.say(from, { id: 'held', text, milliseconds })) ? 'lives' : 'ends';
}

/** Whom `to` means to one who asks from there: the internet knows public addresses only, unless the row says which. */
function addressFor(network: InhabitedNetwork, from: string, to: string): string {
  if (to.startsWith('six:')) return `[${network.address6(to.slice(4))}]`;
  if (to.startsWith('private:')) return network.address(to.slice(8));
  if (to.startsWith('public:') || from === 'internet') return network.publicAddress(to.replace(/^public:/, ''));
  return network.address(to);
}

function addressesOf(network: InhabitedNetwork, reference: string): string[] {
  const [kind, name] = reference.split(':');
  if (name === undefined) return [reference];
  if (kind === 'six') return network.interfaces(name).map((each) => network.address6(each.name));
  return network
    .interfaces(name)
    .map((each) => formatAddress(kind === 'public' ? each.publicAddress! : each.addresses[0]!));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + settling;
  while (!(await holds()) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 250));
}

/** With keys and lists in order, for comparing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, each]) => [key, sorted(each)]),
  );
}
