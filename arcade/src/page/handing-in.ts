import { keep, recall } from './kept.ts';
import { Refused, type Stored, type Submission, server } from './server.ts';

/** Told while a score is on its way. */
export interface Progress {
  sending(): void;
  /** The server or its database is away; it is tried again in so many seconds. */
  waiting(seconds: number): void;
  stored(stored: Stored): void;
  refused(reason: Refused): void;
}

/**
 * Sends a score until it is stored or refused for good. It is kept in the browser meanwhile, so that neither a
 * database that is away for a minute nor a closed page loses it; the server stores it once however often it comes.
 */
export async function handIn(submission: Submission, progress: Progress): Promise<void> {
  keep('pending', JSON.stringify(submission));
  for (let pause = 1; ; pause = Math.min(pause * 2, 15)) {
    progress.sending();
    try {
      const stored = await server.store(submission);
      keep('pending', null);
      progress.stored(stored);
      return;
    } catch (error) {
      if (error instanceof Refused && !error.passing) {
        keep('pending', null);
        progress.refused(error);
        return;
      }
    }
    progress.waiting(pause);
    await new Promise((resolve) => setTimeout(resolve, pause * 1000));
  }
}

/** A score that an earlier visit could not hand in. */
export function pendingSubmission(): Submission | undefined {
  const text = recall('pending');
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Submission;
  } catch {
    keep('pending', null);
    return undefined;
  }
}
