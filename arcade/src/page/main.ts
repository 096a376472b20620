import { pearl } from '../rules/field.ts';
import { type Action, dawn, flare, type Witness } from '../rules/night.ts';
import { robotMove } from '../rules/robot.ts';
import { LiveBoardView } from './board.ts';
import { listenForWishes } from './controls.ts';
import { Scene } from './draw/scene.ts';
import { element } from './element.ts';
import { Ending } from './ending.ts';
import { pendingSubmission } from './handing-in.ts';
import { Hud } from './hud.ts';
import { keep, recall } from './kept.ts';
import { practiceSeed, Runs } from './runs.ts';
import { type Hello, type OpenedRun, Refused, server } from './server.ts';
import { Session } from './session.ts';
import { Sound } from './sound.ts';
import { type Language, say, sayAll } from './texts.ts';

type Screen = 'title' | 'playing' | 'resting' | 'over';

let language: Language = (recall('language') ?? navigator.language).startsWith('ko') ? 'ko' : 'en';
let screen: Screen = 'title';
let run: OpenedRun | undefined;
let hello: Hello | 'without-database' | 'away' | undefined;

const scene = new Scene(element<HTMLCanvasElement>('scene'));
const sound = new Sound(recall('sound') !== 'off');
const hud = new Hud();
const runs = new Runs();
const board = new LiveBoardView(element('board'), language);
const ending = new Ending(board, language);

const silent: Witness = { caught: (...all) => scene.caught(...all), hit() {}, skimmed() {}, flared() {} };
const witness: Witness = {
  caught(cell, points, place) {
    scene.caught(cell, points, place);
    if (cell === pearl) sound.pearl();
    else sound.caught(session.night.chain);
  },
  hit() {
    scene.hit();
    sound.hit();
    navigator.vibrate?.(60);
  },
  skimmed(points) {
    scene.skimmed(points);
    sound.skimmed();
  },
  flared(_burned, points) {
    scene.flared(points);
    sound.flared();
  },
};

/** Behind the title the hare runs by itself, and never for long enough to be a lesson in perfection. */
let session = demonstration();

function demonstration(): Session {
  scene.begin();
  return new Session(practiceSeed(), silent);
}

function show(next: Screen): void {
  screen = next;
  document.body.dataset.screen = next;
}

async function play(): Promise<void> {
  const button = [element<HTMLButtonElement>('play'), element<HTMLButtonElement>('again')];
  for (const each of button) each.disabled = true;
  sound.wake();
  run = await runs.take();
  for (const each of button) each.disabled = false;
  scene.begin();
  session = new Session(run?.seed ?? practiceSeed(), witness);
  show('playing');
  (document.activeElement as HTMLElement | null)?.blur();
}

function rest(): void {
  if (screen !== 'playing') return;
  show('resting');
  element('resume').focus();
}

function resume(): void {
  if (screen !== 'resting') return;
  show('playing');
  (document.activeElement as HTMLElement | null)?.blur();
}

function end(): void {
  show('over');
  sound.ended(session.night.step === dawn);
  ending.show(session, run);
  runs.prepare();
  (run ? element('nickname') : element('again')).focus({ preventScroll: true });
}

let before = performance.now();
function frame(now: number): void {
  const seconds = Math.max(0, (now - before) / 1000);
  before = now;
  let ahead = 0;
  if (screen === 'playing') {
    ahead = session.play(seconds);
    hud.show(session.night);
    sound.accompany(session.night.speed, session.night.step / dawn);
    if (session.night.over) end();
  } else if (screen === 'title') {
    if (session.night.over || session.night.step > 60 * 60) session = demonstration();
    const move = session.night.step % 7 === 0 ? robotMove(session.night, 3) : undefined;
    if (move !== undefined && move !== flare) session.wish(move);
    ahead = session.play(seconds);
  }
  scene.draw(session.night, ahead, now / 1000, Math.min(seconds, 0.1));
  requestAnimationFrame(frame);
}

function sayEverything(): void {
  sayAll(language);
  board.language = language;
  ending.language = language;
  element('sound').textContent = say(language, sound.on ? 'soundOn' : 'soundOff');
  element('served').textContent = served();
}

function served(): string {
  if (hello === undefined) return '';
  if (hello === 'away') return say(language, 'unserved');
  if (hello === 'without-database') return say(language, 'servedWithout');
  const { instance, zone, visits, database } = hello;
  return say(language, 'served', {
    instance: instance ?? '?',
    zone: zone ?? '?',
    visits,
    version: database.version,
    tls: database.tls ?? '?',
  });
}

async function greet(): Promise<void> {
  try {
    hello = await server.hello();
  } catch (error) {
    hello = error instanceof Refused && error.code === 'DATABASE_UNREACHABLE' ? 'without-database' : 'away';
    setTimeout(greet, 5000);
  }
  element('served').textContent = served();
}

function toggleSound(): void {
  sound.on = !sound.on;
  keep('sound', sound.on ? 'on' : 'off');
  sayEverything();
}

listenForWishes(
  element('scene'),
  element('flare'),
  () => scene.hareHeight,
  (action: Action) => {
    if (screen === 'playing') session.wish(action);
  },
);
element('play').addEventListener('click', () => void play());
element('again').addEventListener('click', () => void play());
element('resume').addEventListener('click', resume);
element('pause').addEventListener('click', rest);
element('sound').addEventListener('click', toggleSound);
element('home').addEventListener('click', () => {
  session = demonstration();
  show('title');
});
element('language').addEventListener('click', () => {
  language = language === 'ko' ? 'en' : 'ko';
  keep('language', language);
  sayEverything();
});
addEventListener('keydown', (event) => {
  if (event.target instanceof HTMLInputElement) return;
  const start = event.code === 'Enter' || event.code === 'Space';
  if (
    start &&
    screen === 'title' &&
    !(event.target instanceof HTMLButtonElement) &&
    !element<HTMLButtonElement>('play').disabled
  ) {
    event.preventDefault();
    void play();
  }
  if (event.code === 'KeyM') toggleSound();
  if (event.code === 'KeyP' || event.code === 'Escape') screen === 'playing' ? rest() : resume();
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) rest();
});

sayEverything();
runs.prepare();
void greet();
requestAnimationFrame(frame);

const pending = pendingSubmission();
if (pending) {
  element('note').textContent = say(language, 'pendingFound');
  void ending.deliver(pending);
}
