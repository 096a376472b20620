import { encode } from '../rules/inputs.ts';
import { dawn } from '../rules/night.ts';
import type { LiveBoardView } from './board.ts';
import { element } from './element.ts';
import { handIn } from './handing-in.ts';
import { keep, recall } from './kept.ts';
import type { OpenedRun, Refused, Stored, Submission } from './server.ts';
import type { Session } from './session.ts';
import { formatPoints, formatTime, type Language, say, type TextName } from './texts.ts';

/** What is shown when a night is over, and the way of its score onto the board. */
export class Ending {
  readonly #board: LiveBoardView;
  readonly #form = element<HTMLFormElement>('handing-in');
  readonly #nickname = element<HTMLInputElement>('nickname');
  readonly #send = element<HTMLButtonElement>('send');
  readonly #status = element('status');
  /** Written again when the language changes. */
  #lines: (() => void)[] = [];
  #language: Language;
  #submission: Omit<Submission, 'nickname'> | undefined;
  #stored: Stored | undefined;

  constructor(board: LiveBoardView, language: Language) {
    this.#board = board;
    this.#language = language;
    this.#nickname.value = recall('nickname') ?? '';
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const nickname = this.#nickname.value.trim();
      if (!this.#submission || nickname === '') return;
      keep('nickname', nickname);
      void this.deliver({ ...this.#submission, nickname });
    });
    board.onChange = () => this.#place();
  }

  set language(language: Language) {
    this.#language = language;
    for (const line of this.#lines) line();
  }

  /** `run` is undefined after a night of practice. */
  show(session: Session, run: OpenedRun | undefined): void {
    const { points, step } = session.night;
    this.#lines = [];
    this.#stored = undefined;
    this.#write(element('outcome'), step === dawn ? 'dawnCame' : 'wentOut', {});
    this.#write(element('survived'), 'survived', { time: formatTime(step), points: formatPoints(points) });
    const before = Number(recall('best') ?? 0);
    if (points > before) keep('best', String(points));
    this.#write(element('best'), points > before ? 'newBest' : 'best', { points: formatPoints(before) });
    this.#submission = run && {
      run: run.run,
      points,
      inputs: btoa(String.fromCharCode(...encode(session.inputs)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', ''),
    };
    this.#form.hidden = !run;
    this.#send.disabled = false;
    this.#status.className = 'note';
    this.#status.textContent = '';
    if (!run) this.#say('practice', {}, 'warning');
  }

  async deliver(submission: Submission): Promise<void> {
    this.#send.disabled = true;
    await handIn(submission, {
      sending: () => this.#say('sending', {}, ''),
      waiting: (seconds) => this.#say('waiting', { seconds }, 'warning'),
      stored: (stored) => this.#onStored(stored),
      refused: (reason) => this.#onRefused(reason),
    });
  }

  #onStored(stored: Stored): void {
    this.#stored = stored;
    this.#form.hidden = true;
    this.#board.own = stored.id;
    this.#say('stored', { name: stored.nickname }, 'good');
    this.#place();
  }

  #place(): void {
    if (!this.#stored) return;
    const found = this.#board.placeOf(this.#stored.id);
    if (!found) return;
    const { nickname: name } = this.#stored;
    const list = found.list;
    const line = () => {
      const listName = say(this.#language, list === 'today' ? 'ofToday' : 'ofAllTime');
      this.#status.textContent = say(this.#language, 'placed', { name, place: found.place, list: listName });
    };
    this.#lines = [...this.#lines.filter((each) => each !== this.#statusLine), line];
    this.#statusLine = line;
    this.#status.className = 'note good';
    line();
    this.#board.show(list);
  }

  #statusLine: (() => void) | undefined;

  #onRefused(reason: Refused): void {
    this.#send.disabled = false;
    if (reason.code !== 'NICKNAME_UNFIT') this.#form.hidden = true;
    const line = () => {
      const said = reason.words?.[this.#language] ?? reason.code;
      this.#status.textContent = say(this.#language, 'refused', { reason: said });
    };
    this.#lines.push(line);
    this.#status.className = 'note warning';
    line();
  }

  #say(name: TextName, values: Readonly<Record<string, string | number>>, kind: '' | 'good' | 'warning'): void {
    this.#status.className = `note ${kind}`;
    this.#lines = this.#lines.filter((each) => each !== this.#statusLine);
    this.#statusLine = this.#write(this.#status, name, values);
  }

  #write(target: HTMLElement, name: TextName, values: Readonly<Record<string, string | number>>): () => void {
    const line = () => {
      target.textContent = say(this.#language, name, values);
    };
    this.#lines.push(line);
    line();
    return line;
  }
}
