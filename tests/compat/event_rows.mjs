// The order of events in a stream, by the rows of docs/wire/streaming.md: R is thread.run, P
// thread.run.step, M thread.message; "…" after a name stands for one or more of them.
const begin = ['R created', 'R queued', 'R in_progress'];
const openMessage = ['P created', 'P in_progress', 'M created', 'M in_progress', 'M delta…'];
const message = [...openMessage, 'M completed', 'P completed'];
const calls = ['P created', 'P in_progress', 'P delta…', 'R requires_action', 'done'];
const hosted = ['P created', 'P in_progress', 'P delta…', 'P completed'];
const resume = ['P completed', 'R queued', 'R in_progress'];
const end = (status) => [`R ${status}`, 'done'];

export const rows = {
  A: [...begin, ...message, ...end('completed')],
  B: ['thread.created', ...begin, ...message, ...end('completed')],
  C: [...begin, ...calls],
  D: [...resume, ...message, ...end('completed')],
  'D, then C': [...resume, ...calls],
  E: (messages) => [...begin, ...Array(messages).fill(message).flat(), ...end('completed')],
  F: [...begin, ...calls],
  G: [...begin, ...hosted, ...message, ...end('completed')],
  H: [...begin, ...hosted, ...message, ...end('completed')],
  'G, H, C': [...begin, ...calls],
  'G, H, D': [...resume, ...message, ...end('completed')],
  'I, code': [...begin, 'P created', 'P in_progress', 'P delta…', 'P failed', ...end('failed')],
  'I, nothing open': [...begin, ...end('failed')],
  'I, message open': [...begin, ...openMessage, 'M incomplete', 'P failed', ...end('failed')],
  'J, message open': [
    ...begin, ...openMessage, 'R cancelling', 'M incomplete', 'P cancelled', ...end('cancelled'),
  ],
  'K, nothing open': [...begin, ...end('incomplete')],
  'K, message open': [...begin, ...openMessage, 'M incomplete', 'P completed', ...end('incomplete')],
  'L, queued': ['R created', 'R queued', ...end('expired')],
  'L, nothing open': [...begin, ...end('expired')],
  'L, message open': [...begin, ...openMessage, 'M incomplete', 'P expired', ...end('expired')],
};

const letters = { 'thread.run.step': 'P', 'thread.run': 'R', 'thread.message': 'M' };

// The names of `events` as the rows write them.
export function rowOf(events) {
  const names = events.map(({ event }) =>
    event.replace(/^(thread\.run\.step|thread\.run|thread\.message)\.(\w+)$/, (_, object, what) =>
      `${letters[object]} ${what}${what === 'delta' ? '…' : ''}`,
    ),
  );
  return names.filter((name, place) => !name.endsWith('…') || name !== names[place - 1]);
}

// What the SDKs show of a row: they keep the closing `done` to themselves.
export const asShown = (row) => row.filter((name) => name !== 'done');
