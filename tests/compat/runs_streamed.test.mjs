// The SDK's stream helpers and raw streams, and the order of events by outcome.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect, sdk, version } from './sdk.mjs';
import { all, pollUntil, prepare, replies, streamsOf, textOf } from './conversation.mjs';
import { asShown, rowOf, rows } from './event_rows.mjs';

// Version 4 does not count `incomplete` among the ends of a run (docs/wire/streaming.md, versions).
const knowsIncomplete = !version.startsWith('4.');

const withoutIndex = (message) => message.content.map(({ index, ...part }) => part);

test('the stream helper adds up what is read later', async () => {
  const api = await connect('echo');
  const { assistant_id, thread_id } = await prepare(api, 'Hello');
  const stream = api.runs.stream(thread_id, { assistant_id });
  const pieces = [];
  const snapshots = [];
  stream.on('textDelta', (delta, snapshot) => {
    pieces.push(delta.value);
    snapshots.push(snapshot.value);
  });
  const run = await stream.finalRun();
  const messages = await stream.finalMessages();
  const steps = await stream.finalRunSteps();
  assert.equal(run.status, 'completed');
  assert.ok(pieces.length > 1, 'the text comes in pieces');
  assert.deepEqual([pieces.join(''), snapshots.at(-1)], ['You said: Hello', 'You said: Hello']);
  assert.deepEqual([messages.map(textOf), await replies(api, run)], Array(2).fill(['You said: Hello']));
  assert.deepEqual(steps.map((step) => [step.type, step.status]), [['message_creation', 'completed']]);
  assert.deepEqual({ ...(await api.runs.retrieve(thread_id, run.id)) }, { ...run });
});

for (const scenario of ['several_messages', 'text_in_pieces', 'image_in_reply', 'refusal']) {
  test(`${scenario}: streamed messages equal those that are read later`, async () => {
    const api = await connect(scenario);
    const { assistant_id, thread_id } = await prepare(api, 'Hello');
    const stream = api.runs.stream(thread_id, { assistant_id });
    const streamed = await stream.finalMessages();
    const run = await stream.finalRun();
    const read = await all(api.messages.list(thread_id, { run_id: run.id, order: 'asc' }));
    assert.ok(read.length > 0);
    assert.deepEqual(streamed.map(withoutIndex), read.map(withoutIndex));
  });
}

// Row, scenario, and the status that the stream ends in.
const outcomes = [
  ['A', rows.A, 'echo', 'completed'],
  ['E', rows.E(3), 'several_messages', 'completed'],
  ['I, nothing open', rows['I, nothing open'], 'fails_server_error', 'failed'],
  ['I, message open', rows['I, message open'], 'fails_mid_message', 'failed'],
  ['K, nothing open', rows['K, nothing open'], 'out_of_prompt_tokens', 'incomplete'],
  ['K, message open', rows['K, message open'], 'out_of_completion_tokens', 'incomplete'],
  ['K, filtered', rows['K, message open'], 'content_filter', 'incomplete'],
  ['L, queued', rows['L, queued'], 'never_picked_up', 'expired'],
  ['L, nothing open', rows['L, nothing open'], 'hangs_in_progress', 'expired'],
  ['L, message open', rows['L, message open'], 'hangs_mid_message', 'expired'],
];

for (const [name, row, scenario, status] of outcomes) {
  test(`row ${name}: ${scenario} ends ${status}`, async () => {
    const api = await connect(scenario);
    const { assistant_id, thread_id } = await prepare(api, 'Hello');
    const shown = [];
    const stream = api.runs.stream(thread_id, { assistant_id });
    stream.on('event', (event) => shown.push(event));
    if (status === 'incomplete' && !knowsIncomplete) {
      await assert.rejects(stream.finalRun(), (error) => {
        assert.ok(error instanceof sdk.OpenAIError);
        assert.equal(error.message, 'Final run has not been received');
        return true;
      });
    } else {
      assert.equal((await stream.finalRun()).status, status);
    }
    assert.deepEqual(rowOf(shown), asShown(row));
    assert.deepEqual((await streamsOf(api)).map(rowOf), [row]);
    const { data: told } = shown.at(-1);
    assert.deepEqual({ ...(await api.runs.retrieve(thread_id, told.id)) }, { ...told });
  });
}

test('row B: createAndRunStream tells of the thread first', async () => {
  const api = await connect('echo');
  const assistant = await api.assistants.create({ model: 'gpt-4o', instructions: 'Be brief.' });
  const stream = api.threads.createAndRunStream({
    assistant_id: assistant.id,
    thread: { messages: [{ role: 'user', content: 'Hello' }], metadata: { topic: 'greetings' } },
  });
  const shown = [];
  stream.on('event', (event) => shown.push(event));
  const run = await stream.finalRun();
  assert.deepEqual(rowOf(shown), asShown(rows.B));
  assert.deepEqual((await streamsOf(api)).map(rowOf), [rows.B]);
  assert.deepEqual([shown[0].data.id, shown[0].data.metadata], [run.thread_id, { topic: 'greetings' }]);
  assert.deepEqual(await replies(api, run), ['You said: Hello']);
});

test('a raw stream is iterated event by event', async () => {
  const api = await connect('echo');
  const { assistant_id, thread_id } = await prepare(api, 'Hello');
  const events = await all(await api.runs.create(thread_id, { assistant_id, stream: true }));
  assert.deepEqual(rowOf(events), asShown(rows.A));
  const dataOf = (name) => events.filter(({ event }) => event === name).map(({ data }) => data);
  const [created] = dataOf('thread.message.created');
  const [completed] = dataOf('thread.message.completed');
  assert.deepEqual([created.status, created.content, completed.status], ['in_progress', [], 'completed']);
  const deltas = dataOf('thread.message.delta').flatMap(({ delta }) => delta.content);
  assert.deepEqual(deltas[0].text.annotations, []);
  assert.ok(deltas.slice(1).every(({ text }) => !('annotations' in text)));
  assert.deepEqual(
    [deltas.map(({ text }) => text.value).join(''), textOf(completed)],
    ['You said: Hello', 'You said: Hello'],
  );
});

// Row J. Only in real time does a stream stay open while another request cancels the run.
test('row J: a cancel ends the stream and leaves half a message', async () => {
  const api = await connect('cancel_midway.yaml', { time: 'real' });
  const { assistant_id, thread_id } = await prepare(api, 'Tell me a story');
  const shown = [];
  let cancelled;
  for await (const event of await api.runs.create(thread_id, { assistant_id, stream: true })) {
    shown.push(event);
    const [{ data: run }] = shown;
    if (event.event === 'thread.message.delta') cancelled ??= await api.runs.cancel(thread_id, run.id);
  }
  assert.equal(cancelled.status, 'cancelling');
  assert.deepEqual(rowOf(shown), asShown(rows['J, message open']));
  assert.deepEqual((await streamsOf(api)).map(rowOf), [rows['J, message open']]);
  const [message] = await all(api.messages.list(thread_id, { run_id: cancelled.id }));
  assert.deepEqual([message.status, message.incomplete_details], ['incomplete', { reason: 'run_cancelled' }]);
  const { run } = await pollUntil(api, cancelled, () => true);
  assert.equal(run.status, 'cancelled');
});
