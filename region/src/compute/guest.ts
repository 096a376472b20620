import type { Socket } from 'node:net';
import { encodeFrame, type Frame, frameReader } from './frame.ts';

export interface Execution {
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly user?: string;
  readonly group?: string;
  /** Rows and columns of a pseudo-terminal; without it, pipes. */
  readonly terminal?: { readonly rows: number; readonly columns: number };
  /** `true` for a pipe to write to; nothing to read otherwise. */
  readonly input?: boolean;
  /** Where output goes: to `onOutput`, nowhere, or `append:FILE`, `truncate:FILE`. */
  readonly output?: string;
  /** A file in the instance that gets all output besides. */
  readonly copyTo?: string;
  /** What answers `false` gets no more until `resume`, but for some MiB on the way; the process waits meanwhile. */
  readonly onOutput?: (stream: 'out' | 'err', bytes: Buffer) => boolean | undefined;
  /** So many bytes more of its input are with the process, or will never be. What is under way waits in memory: who writes keeps it few. */
  readonly onInputTaken?: (bytes: number) => void;
  /** A unit whose `sd_notify` messages are wanted. */
  readonly notify?: string;
  readonly umask?: string;
  /** `RESOURCE:SOFT:HARD`, in numbers of <sys/resource.h>. */
  readonly limits?: readonly string[];
}

export interface Ending {
  /** 0 to 255; `null` where a signal ended it. */
  readonly code: number | null;
  readonly signal: number | null;
}

export interface GuestProcess {
  readonly pid: number;
  readonly ended: Promise<Ending>;
  write(bytes: Buffer): void;
  closeInput(): void;
  resize(rows: number, columns: number): void;
  /** Goes on reading output after `onOutput` answered `false`. */
  resume(): void;
  /** Reads no more output: what goes on writing gets SIGPIPE. */
  closeOutput(): void;
  /** To the process and its group. */
  kill(signal: number): void;
}

/** A question of a stand-in: `systemctl`, `dnf` and the like, with its arguments. */
export interface Question {
  readonly id: string;
  readonly uid: number;
  readonly name: string;
  readonly terminal: boolean;
  readonly folder: string;
  readonly words: readonly string[];
  say(stream: 'out' | 'err', text: string): void;
  answer(code: number): void;
  /** Aborted when who asked is gone. */
  readonly signal: AbortSignal;
}

interface GuestEvents {
  onQuestion(question: Question): void;
  onNotify(unit: string, text: string): void;
  /** A message to the system's log, as `logger` and syslog(3) write it. */
  onLog(text: string): void;
  /** A process that was not started from here: a daemon that its unit's start left behind. */
  onReaped(pid: number, ending: Ending): void;
}

/** The supervisor's end of the line to an instance's init: what it says is checked, since an instance may have turned it. */
export class Guest {
  readonly #socket: Socket;
  readonly #events: GuestEvents;
  readonly #starting = new Map<
    string,
    { execution: Execution; started: (process: GuestProcess) => void; failed: (error: Error) => void }
  >();
  readonly #running = new Map<string, { execution: Execution; ended: (ending: Ending) => void; isHeld: boolean }>();
  readonly #calls = new Map<string, { resolve: (fields: Frame) => void; reject: (error: Error) => void }>();
  readonly #questions = new Map<string, AbortController>();
  #last = 0;
  #closed = false;

  constructor(socket: Socket, events: GuestEvents) {
    this.#socket = socket;
    this.#events = events;
  }

  /** Tells init what to become and resolves when it is ready. */
  async begin(settings: Readonly<Record<string, string | Buffer>>): Promise<void> {
    const read = frameReader();
    await new Promise<void>((resolve, reject) => {
      this.#calls.set('begin', { resolve: () => resolve(), reject });
      this.#socket.on('data', (chunk: Buffer) => {
        try {
          for (const frame of read(chunk)) this.#hear(frame);
        } catch {
          this.#socket.destroy();
        }
      });
      this.#socket.once('close', () => this.#close());
      this.#socket.write(encodeFrame(Object.entries(settings).flat()));
    });
  }

  spawn(execution: Execution): Promise<GuestProcess> {
    const id = this.#next();
    const fields = ['spawn', id, ...execution.words.flatMap((word) => ['arg', word])];
    for (const [name, value] of Object.entries(execution.environment ?? {})) fields.push('env', `${name}=${value}`);
    const { folder, user, group, terminal, input, output, copyTo, notify, umask, limits } = execution;
    if (folder !== undefined) fields.push('cwd', folder);
    if (user !== undefined) fields.push('user', user);
    if (group !== undefined) fields.push('group', group);
    if (terminal) fields.push('pty', `${terminal.rows}x${terminal.columns}`);
    if (input) fields.push('stdin', 'pipe');
    if (output !== undefined) fields.push('stdout', output);
    if (copyTo !== undefined) fields.push('tee', copyTo);
    if (notify !== undefined) fields.push('notify', notify);
    if (umask !== undefined) fields.push('umask', umask);
    for (const limit of limits ?? []) fields.push('limit', limit);
    return new Promise((started, failed) => {
      if (this.#closed) return failed(gone());
      this.#starting.set(id, { execution, started, failed });
      this.#send(...fields);
    });
  }

  signal(number: number, pids: readonly number[]): void {
    if (pids.length > 0) this.#send('signal', String(number), ...pids.map(String));
  }

  async read(path: string): Promise<string> {
    return String((await this.#call('read', path))[0] ?? '');
  }

  /** As `read`, or `undefined` where there is no such file. */
  async readIfThere(path: string): Promise<string | undefined> {
    try {
      return await this.read(path);
    } catch (error) {
      if (/No such file|Not a directory/.test((error as Error).message)) return undefined;
      throw error;
    }
  }

  async write(path: string, content: string, mode = '0644'): Promise<void> {
    await this.#call('write', path, mode, content);
  }

  async append(path: string, content: string): Promise<void> {
    await this.#call('append', path, content);
  }

  /** Names in a folder, with what each is: `file`, `folder` or `->TARGET`; none where there is no such folder. */
  async list(path: string): Promise<Map<string, string>> {
    const fields = await this.#call('list', path).catch((error: Error) => {
      if (/No such file|Not a directory/.test(error.message)) return [];
      throw error;
    });
    const names = new Map<string, string>();
    for (let index = 0; index + 1 < fields.length; index += 2)
      names.set(String(fields[index]), String(fields[index + 1]));
    return names;
  }

  async link(target: string, path: string): Promise<void> {
    await this.#call('link', target, path);
  }

  async unlink(path: string): Promise<void> {
    await this.#call('unlink', path);
  }

  /** With whatever folders are missing above it; the last one given to a user, if one is named. */
  async makeFolder(path: string, mode = '0755', user?: string): Promise<void> {
    await this.#call('make', path, mode, ...(user === undefined ? [] : [user]));
  }

  /**
   * Processes that belong to an invocation of a unit: known by its mark, as one of these or a descendant, or as
   * left in a session whose leader, one of `ended`, is no more.
   */
  async owned(mark: string, pids: readonly number[], ended: readonly number[]): Promise<number[]> {
    const words = [...pids.map(String), ...ended.map((leader) => `s${leader}`)];
    return (await this.#call('owned', mark, ...words)).map((field) => Number(String(field)));
  }

  /** Whether it answers at all. */
  async answer(): Promise<void> {
    await this.#call('answer');
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #call(verb: string, ...fields: string[]): Promise<Frame> {
    const id = this.#next();
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(gone());
      this.#calls.set(id, { resolve, reject });
      this.#send('call', id, verb, ...fields);
    });
  }

  #hear(frame: Frame): void {
    const [verb, id = '', ...rest] = frame.map((field, index) => (index < 2 ? String(field) : field)) as [
      string,
      string,
      ...Buffer[],
    ];
    if (verb === 'output') {
      this.#output(id, String(rest[0]) === 'err' ? 'err' : 'out', rest[1]);
    } else if (verb === 'started') this.#start(id, Number(String(rest[0])));
    else if (verb === 'ended') {
      this.#running.get(id)?.ended(endingOf(Number(String(rest[0]))));
      // Its descendants may go on writing, until `closed`.
    } else if (verb === 'took') this.#running.get(id)?.execution.onInputTaken?.(Number(String(rest[0])));
    else if (verb === 'closed') this.#running.delete(id);
    else if (verb === 'failed') {
      const error = new Error(String(rest[0]));
      this.#starting.get(id)?.failed(error);
      this.#starting.delete(id);
      if (id === '') this.#settle('begin')?.reject(error);
    } else if (verb === 'ready') this.#settle('begin')?.resolve([]);
    else if (verb === 'reply') {
      const call = this.#settle(id);
      if (String(rest[0]) === 'ok') call?.resolve(rest.slice(1));
      else call?.reject(new Error(String(rest[1])));
    } else if (verb === 'reaped') this.#events.onReaped(Number(id), endingOf(Number(String(rest[0]))));
    else if (verb === 'notify') this.#events.onNotify(id, String(rest[0]));
    else if (verb === 'log') this.#events.onLog(id);
    else if (verb === 'ask') this.#question(id, rest.map(String));
    else if (verb === 'gone') {
      this.#questions.get(id)?.abort();
      this.#questions.delete(id);
    } else throw new Error(`init says ${verb}`);
  }

  #output(id: string, stream: 'out' | 'err', bytes: Buffer | undefined): void {
    const running = this.#running.get(id);
    if (!running || !bytes) return;
    const isFull = running.execution.onOutput?.(stream, bytes) === false;
    if (!isFull || running.isHeld) return;
    running.isHeld = true;
    this.#send('hold', id);
  }

  #resume(id: string): void {
    const running = this.#running.get(id);
    if (!running?.isHeld) return;
    running.isHeld = false;
    this.#send('resume', id);
  }

  #start(id: string, pid: number): void {
    const starting = this.#starting.get(id);
    if (!starting || !Number.isInteger(pid)) return;
    this.#starting.delete(id);
    const ended = new Promise<Ending>((resolve) =>
      this.#running.set(id, { execution: starting.execution, ended: resolve, isHeld: false }),
    );
    starting.started({
      pid,
      ended,
      write: (bytes) => {
        for (let at = 0; at < bytes.length; at += 1 << 20) this.#send('input', id, bytes.subarray(at, at + (1 << 20)));
      },
      closeInput: () => this.#send('close', id),
      resize: (rows, columns) => this.#send('resize', id, String(rows), String(columns)),
      resume: () => this.#resume(id),
      closeOutput: () => this.#send('deaf', id),
      kill: (signal) => this.signal(signal, [pid, -pid]),
    });
  }

  #question(id: string, [uid, , name, output, folder, ...words]: string[]): void {
    const controller = new AbortController();
    this.#questions.set(id, controller);
    this.#events.onQuestion({
      id,
      uid: Number(uid),
      name: name ?? '',
      terminal: output === 'terminal',
      folder: folder ?? '/',
      words,
      say: (stream, text) => {
        for (let at = 0; at < text.length; at += 60_000) this.#send('say', id, stream, text.slice(at, at + 60_000));
      },
      answer: (code) => {
        this.#questions.delete(id);
        this.#send('answer', id, String(code));
      },
      signal: controller.signal,
    });
  }

  #settle(id: string) {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }

  #send(...fields: (string | Buffer)[]): void {
    if (!this.#closed) this.#socket.write(encodeFrame(fields));
  }

  #next(): string {
    this.#last += 1;
    return String(this.#last);
  }

  #close(): void {
    this.#closed = true;
    for (const each of this.#starting.values()) each.failed(gone());
    for (const each of this.#calls.values()) each.reject(gone());
    for (const each of this.#running.values()) each.ended({ code: null, signal: 9 });
    for (const each of this.#questions.values()) each.abort();
    this.#starting.clear();
    this.#calls.clear();
    this.#running.clear();
  }
}

function endingOf(status: number): Ending {
  const signal = status & 127;
  return signal === 0 ? { code: (status >> 8) & 255, signal: null } : { code: null, signal };
}

function gone(): Error {
  return new Error('the instance has ended');
}
