import { formatPoints, formatTime, type Language, say } from './texts.ts';

interface Entry {
  readonly nickname: string;
  readonly points: number;
  readonly steps: number;
  readonly run: string;
}

interface Board {
  readonly today: readonly Entry[];
  readonly allTime: readonly Entry[];
}

type List = keyof Board;

/** The leaderboard, live: whatever server this page is connected to, a score stored by any of them appears. */
export class LiveBoardView {
  readonly #rows: HTMLElement;
  readonly #state: HTMLElement;
  readonly #tabs: Readonly<Record<List, HTMLElement>>;
  #language: Language;
  #board: Board | undefined;
  #list: List = 'today';
  #own: string | undefined;
  #connected = false;
  onChange: () => void = () => {};

  constructor(root: HTMLElement, language: Language) {
    this.#rows = root.querySelector('.rows') as HTMLElement;
    this.#state = root.querySelector('.state') as HTMLElement;
    this.#language = language;
    this.#tabs = {
      today: root.querySelector('[data-list=today]') as HTMLElement,
      allTime: root.querySelector('[data-list=allTime]') as HTMLElement,
    };
    for (const [list, tab] of Object.entries(this.#tabs)) tab.addEventListener('click', () => this.show(list as List));
    this.#connect();
    this.show('today');
  }

  set language(language: Language) {
    this.#language = language;
    this.#draw();
  }

  /** Marks one's own game. */
  set own(id: string) {
    this.#own = id;
    this.#draw();
  }

  show(list: List): void {
    this.#list = list;
    for (const [name, tab] of Object.entries(this.#tabs)) tab.setAttribute('aria-selected', String(name === list));
    this.#draw();
  }

  /** Where a game stands, from 1, in the list in which it stands best. */
  placeOf(id: string): { readonly list: List; readonly place: number } | undefined {
    for (const list of ['allTime', 'today'] as const) {
      const at = this.#board?.[list].findIndex((entry) => entry.run === id) ?? -1;
      if (at >= 0) return { list, place: at + 1 };
    }
    return undefined;
  }

  #connect(): void {
    const source = new EventSource('/api/board/live');
    source.addEventListener('board', (event) => {
      this.#board = JSON.parse(event.data) as Board;
      this.#draw();
      this.onChange();
    });
    source.addEventListener('server', (event) => {
      this.#connected = true;
      this.#state.title = (JSON.parse(event.data) as { instance: string }).instance;
      this.#draw();
    });
    source.addEventListener('error', () => {
      this.#connected = false;
      this.#draw();
      // The browser gives up where the answer was no stream, as while a balancer has no server; this does not.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.#connect(), 3000);
    });
  }

  #draw(): void {
    this.#state.textContent = say(this.#language, this.#connected ? 'live' : 'notLive');
    this.#state.classList.toggle('away', !this.#connected);
    const entries = this.#board?.[this.#list];
    if (!entries || entries.length === 0) {
      const line = document.createElement('li');
      line.className = 'empty';
      line.textContent = say(this.#language, entries ? 'boardEmpty' : 'boardAway');
      this.#rows.replaceChildren(line);
      return;
    }
    this.#rows.replaceChildren(...entries.map((entry, at) => this.#row(entry, at + 1)));
  }

  /** Names come from strangers: they are text and never markup. */
  #row(entry: Entry, place: number): HTMLElement {
    const row = document.createElement('li');
    if (entry.run === this.#own) row.className = 'own';
    const cells = [
      ['place', String(place)],
      ['name', entry.nickname],
      ['time', entry.steps >= 18_000 ? '☀' : formatTime(entry.steps)],
      ['score', formatPoints(entry.points)],
    ] as const;
    for (const [name, text] of cells) {
      const cell = document.createElement('span');
      cell.className = name;
      cell.textContent = text;
      row.append(cell);
    }
    return row;
  }
}
