import { expect, test } from 'vitest';
import type { NumberedEvent, RegionEvent } from './event.ts';
import { EventBus } from './event-bus.ts';

const call: RegionEvent = {
  kind: 'endpoint',
  event: {
    kind: 'call',
    service: 's3',
    action: 'GetObject',
    role: null,
    session: null,
    source: '10.0.0.4',
    status: 200,
    error: null,
  },
};
const begun: RegionEvent = { kind: 'change', state: 'begun' };

test('events are numbered in their order and have their time', () => {
  const bus = new EventBus();
  bus.publish(begun);
  bus.publish(call);
  expect(bus.recent(10)).toMatchObject([
    { number: 1, ...begun },
    { number: 2, ...call },
  ]);
  expect(bus.recent(10)[0]!.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(bus.recent(1)).toMatchObject([{ number: 2 }]);
});

test('an application that calls AWS by the thousand leaves the other events, and the memory is bounded', () => {
  const bus = new EventBus();
  bus.publish(begun);
  for (let times = 0; times < 5_000; times++) bus.publish(call);
  expect(bus.recent(10_000)).toHaveLength(501);
  expect(bus.recent(10_000)[0]).toMatchObject({ number: 1, kind: 'change' });
  for (let times = 0; times < 5_000; times++) bus.publish(begun);
  expect(bus.recent(10_000)).toHaveLength(1_500);
});

test('who subscribes hears of what comes, until it is gone', () => {
  const bus = new EventBus();
  const heard: NumberedEvent[] = [];
  const gone = new AbortController();
  bus.publish(begun);
  bus.subscribe((event) => heard.push(event), gone.signal);
  bus.publish(call);
  gone.abort();
  bus.publish(begun);
  expect(heard).toMatchObject([{ number: 2 }]);
  bus.subscribe((event) => heard.push(event), gone.signal);
  bus.publish(begun);
  expect(heard).toHaveLength(1);
});
