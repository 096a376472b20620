export interface Words {
  readonly en: string;
  readonly ko: string;
}

interface Kind {
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  readonly message: Words;
}

/** Every reason for which the server says no, as a player reads it. */
export const refusals = {
  NOT_FOUND: kind('NOT_FOUND', 404, 'There is nothing at this address.', '이 주소에는 아무것도 없습니다.'),
  BODY_TOO_LARGE: kind(
    'BODY_TOO_LARGE',
    413,
    'That is more than a game can hold.',
    '한 판의 기록이라기에는 너무 큽니다.',
  ),
  REQUEST_MALFORMED: kind(
    'REQUEST_MALFORMED',
    400,
    'The request does not have the form it should have.',
    '요청의 형식이 올바르지 않습니다.',
  ),
  DATABASE_UNREACHABLE: kind(
    'DATABASE_UNREACHABLE',
    503,
    'The database cannot be reached at the moment. Nothing is lost: try again shortly.',
    '지금은 데이터베이스에 연결할 수 없습니다. 잃어버린 것은 없으니 잠시 뒤에 다시 시도해 주세요.',
  ),
  RUN_UNKNOWN: kind(
    'RUN_UNKNOWN',
    403,
    'This game was not opened by this server.',
    '이 서버에서 시작한 게임이 아닙니다.',
  ),
  RULES_CHANGED: kind(
    'RULES_CHANGED',
    409,
    'The rules have changed since this game began. Reload the page and play again.',
    '게임을 시작한 뒤에 규칙이 바뀌었습니다. 페이지를 새로 고치고 다시 플레이해 주세요.',
  ),
  RUN_EXPIRED: kind(
    'RUN_EXPIRED',
    403,
    'This game was handed in more than two hours after it began.',
    '게임을 시작한 지 두 시간이 지나 점수를 받을 수 없습니다.',
  ),
  RUN_ALREADY_USED: kind(
    'RUN_ALREADY_USED',
    409,
    'Another result of this game is already on the board.',
    '이 게임의 다른 결과가 이미 등록되어 있습니다.',
  ),
  NICKNAME_UNFIT: kind(
    'NICKNAME_UNFIT',
    422,
    'A nickname has 1 to 12 letters, digits, emoji or spaces, and none of the signs that code is made of.',
    '닉네임은 1~12자의 글자, 숫자, 이모지, 띄어쓰기로 지어 주세요. 코드에 쓰이는 기호는 넣을 수 없습니다.',
  ),
  INPUTS_MALFORMED: kind(
    'INPUTS_MALFORMED',
    422,
    'The recorded moves cannot be read, or are more than a night can hold.',
    '기록된 움직임을 읽을 수 없거나, 한 판에 담길 수 있는 것보다 많습니다.',
  ),
  INPUTS_IMPOSSIBLE: kind(
    'INPUTS_IMPOSSIBLE',
    422,
    'The recorded moves contain one that the rules do not allow at that moment.',
    '그 순간에는 할 수 없는 움직임이 기록에 들어 있습니다.',
  ),
  SCORE_MISMATCH: kind(
    'SCORE_MISMATCH',
    422,
    'Played again, these moves give another score.',
    '기록대로 다시 플레이해 보니 점수가 다릅니다.',
  ),
  TOO_FAST: kind(
    'TOO_FAST',
    422,
    'This game is longer than the time that has passed since it began.',
    '시작한 뒤로 흐른 시간보다 긴 게임입니다.',
  ),
  CROWDED: kind(
    'CROWDED',
    503,
    'This server has as many live pages as it can hold. The board is still there without being live.',
    '이 서버에 실시간으로 연결된 페이지가 가득 찼습니다. 순위표는 계속 볼 수 있습니다.',
  ),
  INTERNAL: kind('INTERNAL', 500, 'Something went wrong on the server.', '서버에서 문제가 생겼습니다.'),
} as const;

function kind(code: string, status: number, en: string, ko: string): Kind {
  return { code, status, message: { en, ko } };
}

/** A no with its reason; thrown by routes and answered as `{ error, message, detail? }`. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly #kind: Kind;
  readonly #detail: string | undefined;

  constructor(kind: Kind, detail?: string) {
    super(kind.message.en);
    this.code = kind.code;
    this.status = kind.status;
    this.#kind = kind;
    this.#detail = detail;
  }

  body(): { error: string; message: Words; detail?: string } {
    const { code: error, message } = this.#kind;
    return this.#detail === undefined ? { error, message } : { error, message, detail: this.#detail };
  }
}
