import type { ControlEvent, EventsRequest } from '../control/protocol.ts';
import type { EventBus } from '../events/event-bus.ts';

/** The last events, and with `follow` all that come until whoever asked is gone. */
export async function answerEventsRequest(
  bus: EventBus,
  { last, follow }: EventsRequest,
  tell: (event: ControlEvent) => void,
  signal: AbortSignal,
): Promise<ControlEvent> {
  const events = bus.recent(last);
  if (!follow) return { kind: 'result', value: { events } };
  for (const event of events) tell({ kind: 'event', event });
  bus.subscribe((event) => tell({ kind: 'event', event }), signal);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  return { kind: 'result', value: { events: [] } };
}
