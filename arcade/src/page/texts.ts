/** Everything that the page says. Korean is written, not translated word by word. */
const texts = {
  title: ['Lantern on the Terraces', '다랑이 등불'],
  goal: ['Carry the light over the rice terraces until dawn.', '다랑논을 달려 새벽까지 등불을 지켜 주세요.'],
  fireflies: ['Fireflies feed your lantern', '반딧불이를 모으면 등불이 밝아져요'],
  scarecrows: ['Scarecrows dim it: change terrace', '허수아비에 부딪히면 어두워지니 피하세요'],
  flares: ['A flare burns the way free, for a quarter of your light', '불꽃은 빛 4분의 1을 태워 길을 열어요'],
  keysMove: ['↑ ↓', '↑ ↓'],
  keysFlare: ['Space', '스페이스'],
  pressBeside: ['press above or below the hare', '토끼 위쪽이나 아래쪽을 누르기'],
  pressFlare: ['press the glowing button', '빛나는 버튼 누르기'],
  play: ['Run into the night', '밤길 나서기'],
  again: ['Once more', '한 번 더'],
  home: ['Back to the hill', '처음으로'],
  soundOn: ['Sound: on', '소리: 켬'],
  soundOff: ['Sound: off', '소리: 끔'],
  language: ['한국어', 'English'],
  pause: ['Pause', '잠시 멈춤'],
  paused: ['The hare is resting.', '토끼가 쉬고 있어요.'],
  resume: ['Run on', '이어서 달리기'],
  flare: ['Flare', '불꽃'],
  wentOut: ['The lantern went out.', '등불이 꺼졌어요.'],
  dawnCame: ['Dawn! You brought the light home.', '새벽이에요! 등불을 끝까지 지켰어요.'],
  survived: ['{time} into the night, {points} points', '밤길 {time} · {points}점'],
  best: ['Your best on this device: {points}', '이 기기의 최고 점수: {points}점'],
  newBest: ['Your best on this device!', '이 기기의 최고 기록이에요!'],
  nickname: ['A name for the board', '순위표에 남길 이름'],
  send: ['Put it on the board', '순위표에 올리기'],
  sending: ['The score is on its way …', '점수를 보내고 있어요…'],
  waiting: [
    'The board cannot be reached just now. Your score is kept here and sent again in {seconds} s.',
    '지금은 순위표에 연결되지 않아요. 점수는 여기 보관했고 {seconds}초 뒤에 다시 보낼게요.',
  ],
  stored: [
    'Stored, {name}. Every move was played again and it holds.',
    '{name} 님의 기록을 다시 돌려 보고 저장했어요.',
  ],
  placed: ['{name}, you are number {place} of {list}.', '{name} 님, {list} {place}위예요!'],
  ofToday: ['today', '오늘'],
  ofAllTime: ['all time', '역대'],
  practice: [
    'The server cannot be reached: this night is for practice and cannot go on the board.',
    '서버에 연결되지 않아 이번 판은 연습이에요. 순위표에는 올릴 수 없어요.',
  ],
  refused: ['The server did not take it: {reason}', '서버가 받아 주지 않았어요: {reason}'],
  pendingFound: ['A score from an earlier visit is being sent.', '지난번에 보내지 못한 점수를 보내고 있어요.'],
  boardToday: ['Today', '오늘'],
  boardAllTime: ['All time', '역대'],
  boardEmpty: ['Nobody has been out yet tonight.', '오늘 밤엔 아직 아무도 나서지 않았어요.'],
  boardAway: ['The board is away at the moment.', '지금은 순위표를 볼 수 없어요.'],
  live: ['live', '실시간'],
  notLive: ['reconnecting', '다시 연결 중'],
  served: [
    'Answered by {instance} in {zone}\u00a0· visit\u00a0{visits}\u00a0· PostgreSQL {version}, {tls}',
    '응답한 서버 {instance} ({zone})\u00a0· 방문\u00a0{visits}회\u00a0· PostgreSQL {version}, {tls}',
  ],
  servedWithout: [
    'The application answers; its database is away.',
    '서버는 응답하지만 데이터베이스에 연결되지 않아요.',
  ],
  unserved: ['The application does not answer.', '서버가 응답하지 않아요.'],
} as const satisfies Record<string, readonly [en: string, ko: string]>;

export type Language = 'en' | 'ko';
export type TextName = keyof typeof texts;

export const textNames = Object.keys(texts) as TextName[];

export function say(
  language: Language,
  name: TextName,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[name][language === 'ko' ? 1 : 0].replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
}

/** Fills every element that names its text in `data-text`. */
export function sayAll(language: Language): void {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = say(language, element.dataset.text as TextName);
  }
}

export function formatPoints(points: number): string {
  return points.toLocaleString('en-US');
}

export function formatTime(steps: number): string {
  const seconds = Math.floor(steps / 60);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
