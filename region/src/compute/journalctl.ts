import type { Question } from './guest.ts';
import type { Journal, JournalEntry } from './journal.ts';

/**
 * `journalctl` inside an instance: of all units or of those named with `-u`, the last lines with `-n`, followed with `-f`.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/journalctl.html
 */
export async function journalctl(journal: Journal, hostName: string, question: Question): Promise<number> {
  const units: string[] = [];
  let last: number | undefined;
  let follow = false;
  let reverse = false;
  let output = 'short';
  const words = [...question.words];
  while (words.length > 0) {
    const [word = '', attached] = (words.shift() ?? '').split(/=(.*)/s);
    const value = () => attached ?? words.shift() ?? '';
    if (word === '-u' || word === '--unit') units.push(withSuffix(value()));
    else if (/^-[xeqa]*u$/.test(word)) units.push(withSuffix(value()));
    else if (word === '-n' || word === '--lines') last = Number(value());
    else if (/^-n\d+$/.test(word)) last = Number(word.slice(2));
    else if (word === '-f' || word === '--follow') follow = true;
    else if (word === '-r' || word === '--reverse') reverse = true;
    else if (word === '-o' || word === '--output') output = value();
    else if (/^(--no-pager|--quiet|--all|--catalog|--pager-end|--boot|-[xeqab]+|--full|--no-hostname)$/.test(word))
      continue;
    else return refuse(question, `option ${word} is not carried out in a rehearsal`);
  }
  if (!['short', 'cat', 'short-iso', 'json'].includes(output))
    return refuse(question, `-o ${output} is not carried out in a rehearsal`);
  if (last !== undefined && !Number.isInteger(last)) return refuse(question, 'the number of lines is no number');
  const wanted = (entry: JournalEntry) => units.length === 0 || units.includes(entry.unit);
  const print = (entry: JournalEntry) => question.say('out', `${format(entry, output, hostName)}\n`);
  const entries = (await journal.read()).filter(wanted).slice(-(last ?? (follow ? 10 : 1_000_000)));
  if (entries.length === 0 && !follow) question.say('out', '-- No entries --\n');
  for (const entry of reverse ? entries.toReversed() : entries) print(entry);
  if (!follow) return 0;
  const end = journal.follow((entry) => wanted(entry) && print(entry));
  await new Promise<void>((resolve) => question.signal.addEventListener('abort', () => resolve(), { once: true }));
  end();
  return 0;
}

function withSuffix(unit: string): string {
  return /\.[a-z]+$/.test(unit) ? unit : `${unit}.service`;
}

function refuse(question: Question, text: string): number {
  question.say('err', `journalctl: ${text}\n`);
  return 1;
}

function format({ time, unit, pid, text }: JournalEntry, output: string, hostName: string): string {
  if (output === 'cat') return text;
  const who = pid === 1 ? 'systemd[1]' : unit.replace(/\.service$/, '');
  const date = new Date(time);
  if (output === 'json')
    return JSON.stringify({ __REALTIME_TIMESTAMP: String(time * 1000), _SYSTEMD_UNIT: unit, MESSAGE: text });
  if (output === 'short-iso') return `${date.toISOString()} ${hostName} ${who}: ${text}`;
  const [, month = '', day = '', , clock = ''] = /^\w+ (\w+) (\d+) (\d+) ([\d:]+)/.exec(date.toString()) ?? [];
  return `${month} ${day} ${clock} ${hostName} ${who}: ${text}`;
}
