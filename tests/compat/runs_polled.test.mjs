import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, ask, functionTool, idsOf, pollUntil, prepare, replies, start, textOf } from './conversation.mjs';

// The statuses that the answers told of runs, one by one.
async function statusesTold(api) {
  return (await api.wire()).filter(({ path }) => path.includes('/runs')).map(({ body }) => body.status);
}

test('createAndPoll sees a run queued, at work and completed', async () => {
  const api = await connect('echo');
  const { assistant_id, thread_id } = await prepare(api, 'Hello');
  const run = await api.runs.createAndPoll(thread_id, { assistant_id });
  assert.deepEqual(await statusesTold(api), ['queued', 'in_progress', 'completed']);
  assert.deepEqual(await replies(api, run), ['You said: Hello']);
});

test('poll takes up a run that was created before', async () => {
  const api = await connect('echo');
  const created = await start(api, 'Hello');
  assert.equal(created.status, 'queued');
  const run = await api.runs.poll(created.thread_id, created.id);
  assert.deepEqual([run.id, run.status], [created.id, 'completed']);
});

test('createAndRunPoll makes the thread as well', async () => {
  const api = await connect('echo');
  const assistant = await api.assistants.create({ model: 'gpt-4o', instructions: 'Be brief.' });
  const run = await api.threads.createAndRunPoll({
    assistant_id: assistant.id,
    thread: { messages: [{ role: 'user', content: 'Hello' }], metadata: { topic: 'greetings' } },
    metadata: { attempt: '1' },
  });
  assert.deepEqual([run.status, run.metadata], ['completed', { attempt: '1' }]);
  assert.deepEqual((await api.threads.retrieve(run.thread_id)).metadata, { topic: 'greetings' });
  const messages = await all(api.messages.list(run.thread_id, { order: 'asc' }));
  assert.deepEqual(messages.map(textOf), ['Hello', 'You said: Hello']);
});

test('in immediate time the first poll finds the end', async () => {
  const api = await connect('echo', { time: 'immediate' });
  const { assistant_id, thread_id } = await prepare(api, 'Hello');
  const run = await api.runs.createAndPoll(thread_id, { assistant_id });
  const [created, ...polls] = await statusesTold(api);
  assert.deepEqual([run.status, created, polls], ['completed', 'queued', ['completed']]);
});

// T1, T2, T6: the dates and the usage of a run, status by status.
test('dates and usage appear as the run goes on', async () => {
  const api = await connect('echo');
  const queued = await start(api, 'Hello');
  const working = await api.runs.retrieve(queued.thread_id, queued.id);
  const { run } = await pollUntil(api, queued, ({ status }) => status === 'completed');

  const deadline = queued.created_at + 600;
  const dates = ({ status, started_at, expires_at, completed_at, failed_at, cancelled_at, usage }) => [
    status, started_at !== null, expires_at, completed_at !== null, failed_at, cancelled_at, usage !== null,
  ];
  assert.deepEqual(dates(queued), ['queued', false, deadline, false, null, null, false]);
  assert.deepEqual(dates(working), ['in_progress', true, deadline, false, null, null, false]);
  assert.deepEqual(dates(run), ['completed', true, null, true, null, null, true]);
  assert.ok(queued.created_at <= run.started_at && run.started_at <= run.completed_at);
  assert.equal(run.usage.total_tokens, run.usage.prompt_tokens + run.usage.completion_tokens);
});

test('a run takes its defaults from the assistant and its overrides from the call', async () => {
  const api = await connect('echo');
  const tools = [functionTool('get_weather')];
  const { assistant_id, thread_id } = await prepare(api, 'Hello', { tools, temperature: 0.5 });
  const plain = await api.runs.createAndPoll(thread_id, { assistant_id });
  assert.deepEqual(
    [plain.model, plain.instructions, plain.tools.map((tool) => tool.function.name), plain.temperature],
    ['gpt-4o', 'Be brief.', ['get_weather'], 0.5],
  );
  const overrides = {
    model: 'gpt-4o-mini', instructions: 'Be long.', temperature: 1.5, top_p: 0.5, metadata: { attempt: '2' },
    max_prompt_tokens: 1000, max_completion_tokens: 256, tool_choice: 'none', parallel_tool_calls: false,
    truncation_strategy: { type: 'last_messages', last_messages: 3 }, response_format: { type: 'text' },
  };
  const interpreter = { type: 'code_interpreter' };
  const run = await api.runs.createAndPoll(thread_id, { assistant_id, ...overrides, tools: [interpreter] });
  for (const [field, value] of Object.entries(overrides)) assert.deepEqual(run[field], value, field);
  assert.deepEqual(run.tools, [interpreter]);
  const assistant = await api.assistants.retrieve(assistant_id);
  assert.deepEqual([assistant.model, assistant.instructions], ['gpt-4o', 'Be brief.']);
});

test('additional messages and instructions join what is there', async () => {
  const api = await connect('echo');
  const { assistant_id, thread_id } = await prepare(api, 'Hello');
  const run = await api.runs.createAndPoll(thread_id, {
    assistant_id,
    additional_instructions: 'Answer in verse.',
    additional_messages: [
      { role: 'assistant', content: 'Go on.' },
      { role: 'user', content: 'Goodbye', metadata: { late: 'yes' } },
    ],
  });
  assert.match(run.instructions, /^Be brief\.\s+Answer in verse\.$/);
  const messages = await all(api.messages.list(thread_id, { order: 'asc' }));
  assert.deepEqual(messages.map(textOf), ['Hello', 'Go on.', 'Goodbye', 'You said: Goodbye']);
  assert.deepEqual(messages[2].metadata, { late: 'yes' });
});

test('runs are listed, and their metadata updated once they have ended', async () => {
  const api = await connect('echo');
  const first = await ask(api, 'One');
  const second = await api.runs.createAndPoll(first.thread_id, { assistant_id: first.assistant_id });
  const listed = async (query) => idsOf(await all(api.runs.list(first.thread_id, query)));
  assert.deepEqual(await listed({}), [second.id, first.id]);
  assert.deepEqual(await listed({ limit: 1, order: 'asc' }), [first.id, second.id]);
  const updated = await api.runs.update(first.thread_id, first.id, { metadata: { rated: 'good' } });
  assert.deepEqual({ ...updated }, { ...first, metadata: { rated: 'good' } });
});

test('several messages of one run are all there, oldest first', async () => {
  const api = await connect('several_messages');
  const run = await ask(api, 'Tell me more');
  assert.equal(run.status, 'completed');
  const texts = await replies(api, run);
  assert.ok(texts.length > 1 && texts.every((text) => text.length > 0), `texts: ${JSON.stringify(texts)}`);
});

test('a refusal is a content part of its own', async () => {
  const api = await connect('refusal');
  const run = await ask(api, 'Do something bad');
  assert.equal(run.status, 'completed');
  const [message] = await all(api.messages.list(run.thread_id, { run_id: run.id }));
  const part = message.content.find(({ type }) => type === 'refusal');
  assert.ok(part?.refusal.length > 0, `content: ${JSON.stringify(message.content)}`);
});

test('two runs of one assistant on two threads do not meet', async () => {
  const api = await connect('echo');
  const { assistant_id, thread_id } = await prepare(api, 'One');
  const other = await api.threads.create({ messages: [{ role: 'user', content: 'Two' }] });
  const runs = await Promise.all([
    api.runs.createAndPoll(thread_id, { assistant_id }),
    api.runs.createAndPoll(other.id, { assistant_id }),
  ]);
  const texts = await Promise.all(runs.map((run) => replies(api, run)));
  assert.deepEqual(texts, [['You said: One'], ['You said: Two']]);
});
