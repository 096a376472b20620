export interface Words {
  readonly en: string;
  readonly ko: string;
}

export interface OpenedRun {
  readonly run: string;
  readonly id: string;
  readonly seed: string;
}

export interface Submission {
  readonly run: string;
  readonly nickname: string;
  readonly points: number;
  readonly inputs: string;
}

export interface Stored {
  readonly id: string;
  readonly nickname: string;
  readonly points: number;
  readonly new: boolean;
}

export interface Hello {
  readonly instance: string | null;
  readonly zone: string | null;
  readonly visits: number;
  readonly database: { readonly address: string; readonly version: string; readonly tls: string | null };
}

/** The server said no and why. `passing` where the same request may succeed later. */
export class Refused extends Error {
  readonly code: string;
  readonly words: Words | undefined;
  readonly passing: boolean;

  constructor(status: number, body: { error?: string; message?: Words }) {
    super(body.error ?? `status ${status}`);
    this.code = body.error ?? 'UNKNOWN';
    this.words = body.message;
    this.passing = status >= 500 || status === 429;
  }
}

export const server = {
  hello: () => ask<Hello>('/api/hello'),
  openRun: () => ask<OpenedRun>('/api/runs', {}),
  store: (submission: Submission) => ask<Stored>('/api/scores', submission),
};

/** Throws `Refused` where the server answered, and what `fetch` throws where nothing did. */
async function ask<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    signal: AbortSignal.timeout(8000),
    ...(body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  // A balancer in front answers for a server that is away, and not in JSON.
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer as T;
}
