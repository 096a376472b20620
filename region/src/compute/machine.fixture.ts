import type { Execution, GuestProcess, Question } from './guest.ts';

/** An instance's files in memory, with the calls to process 1 that stand-ins make. */
export class FileSystem {
  readonly files = new Map<string, string>();
  /** Command lines of what was started; each ends well. */
  readonly started: string[] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, content] of Object.entries(files)) this.files.set(path, content);
  }

  async read(path: string): Promise<string> {
    const content = this.files.get(path);
    if (content === undefined) throw new Error('No such file or directory');
    return content;
  }

  async readIfThere(path: string): Promise<string | undefined> {
    return this.files.get(path);
  }

  async write(path: string, content: string): Promise<void> {
    this.files.set(path, content);
  }

  async append(path: string, content: string): Promise<void> {
    this.files.set(path, (this.files.get(path) ?? '') + content);
  }

  async makeFolder(): Promise<void> {}

  async spawn({ words }: Pick<Execution, 'words'>): Promise<GuestProcess> {
    this.started.push(words.join(' '));
    const nothing = () => undefined;
    const ended = Promise.resolve({ code: 0, signal: null });
    const streams = { write: nothing, closeInput: nothing, resize: nothing, resume: nothing, closeOutput: nothing };
    return { pid: 1, ended, kill: nothing, ...streams };
  }

  async link(target: string, path: string): Promise<void> {
    this.files.set(path, `->${target}`);
  }

  async unlink(path: string): Promise<void> {
    if (!this.files.delete(path)) throw new Error('No such file or directory');
  }

  async list(folder: string): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const [path, content] of this.files) {
      if (!path.startsWith(`${folder}/`)) continue;
      const rest = path.slice(folder.length + 1);
      names.set(rest.split('/')[0]!, rest.includes('/') ? 'folder' : content.startsWith('->') ? content : 'file');
    }
    return names;
  }
}

/** A question of a stand-in whose answer is kept. */
export function asked(line: string, uid = 0): Question & { out: string; err: string } {
  const [name = '', ...words] = line.split(' ');
  const question = {
    id: '1',
    uid,
    name,
    terminal: false,
    folder: '/',
    words,
    signal: new AbortController().signal,
    out: '',
    err: '',
    say: (stream: 'out' | 'err', text: string) => {
      question[stream] += text;
    },
    answer: () => {},
  };
  return question;
}
