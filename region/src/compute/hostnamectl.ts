import type { Guest, Question } from './guest.ts';

/**
 * `hostnamectl` inside an instance: shows the name, or sets it.
 *
 * @param rename gives the running instance the name, which its own root may not
 */
export async function hostnamectl(
  guest: Pick<Guest, 'read' | 'write'>,
  question: Pick<Question, 'words' | 'uid' | 'say'>,
  rename: (name: string) => Promise<void>,
): Promise<number> {
  const refuse = (text: string) => {
    question.say('err', `hostnamectl: ${text}\n`);
    return 1;
  };
  const [verb = 'status', name, ...more] = question.words.filter(
    (word) => word !== '--static' && word !== '--no-ask-password',
  );
  if (verb === 'status' && name === undefined) {
    question.say(
      'out',
      ` Static hostname: ${(await guest.read('/etc/hostname')).trim()}\n  Virtualization: amazon\nOperating System: Amazon Linux 2023, rehearsed by Terrace\n`,
    );
    return 0;
  }
  if ((verb !== 'set-hostname' && verb !== 'hostname') || more.length > 0)
    return refuse(`'${question.words.join(' ')}' is not carried out in a rehearsal`);
  if (name === undefined) {
    question.say('out', await guest.read('/etc/hostname'));
    return 0;
  }
  if (question.uid !== 0) return refuse('Access denied: only root may do that');
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/.test(name)) return refuse(`Invalid hostname '${name}'`);
  await guest.write('/etc/hostname', `${name}\n`);
  await rename(name);
  return 0;
}
