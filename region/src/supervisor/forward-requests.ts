import type { ControlEvent } from '../control/protocol.ts';
import type { ForwardRequest } from '../forwarding/forward.ts';
import { forwardThrough } from '../forwarding/forward-through.ts';
import { notUpYet } from './questions.ts';
import type { Region } from './region.ts';

/** Lasts until whoever asked is gone, or until the instance or the region ends. */
export async function answerForwardRequest(
  region: Region,
  request: ForwardRequest,
  around: { readonly controlSocket: string; isEnding(): boolean },
  tell: (event: ControlEvent) => void,
  gone: AbortSignal,
): Promise<ControlEvent> {
  const { outline } = region;
  if (!outline) return { kind: 'mistakes', mistakes: [notUpYet()] };
  const ended = await forwardThrough(
    { outline, instance: (reference) => region.instance(reference) },
    request,
    {
      ...around,
      stands: (socket, through) => tell({ kind: 'forwarding', socket, through }),
      connectionFailed: (text) => tell({ kind: 'progress', step: 'forward', text }),
    },
    gone,
  );
  return ended.ok ? { kind: 'result', value: ended.value } : { kind: 'mistakes', mistakes: ended.mistakes };
}
