import type { Guest, Question } from './guest.ts';

const zones = '/usr/share/zoneinfo';

/** `timedatectl` inside an instance: shows the clock's zone, or sets it. The clock itself is the machine's. */
export async function timedatectl(
  guest: Pick<Guest, 'list' | 'link'>,
  question: Pick<Question, 'words' | 'uid' | 'say'>,
): Promise<number> {
  const refuse = (text: string) => {
    question.say('err', `timedatectl: ${text}\n`);
    return 1;
  };
  const [verb = 'status', zone, ...more] = question.words.filter((word) => word !== '--no-pager');
  if (verb === 'status' && zone === undefined) {
    const link = (await guest.list('/etc')).get('localtime') ?? '';
    const name = link.startsWith(`->${zones}/`) ? link.slice(zones.length + 3) : 'UTC';
    question.say('out', `  Universal time: ${new Date().toUTCString()}\n       Time zone: ${name}\n`);
    return 0;
  }
  if (verb !== 'set-timezone' || zone === undefined || more.length > 0)
    return refuse(`'${question.words.join(' ')}' is not carried out in a rehearsal`);
  if (question.uid !== 0) return refuse('Access denied: only root may do that');
  if (!/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/.test(zone))
    return refuse(`Invalid or not installed time zone '${zone}'`);
  const at = `${zones}/${zone}`;
  const known = (await guest.list(at.slice(0, at.lastIndexOf('/')))).has(at.slice(at.lastIndexOf('/') + 1));
  if (!known)
    return refuse(`Invalid or not installed time zone '${zone}' (this machine has none of the name in ${zones})`);
  await guest.link(at, '/etc/localtime');
  return 0;
}
