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
