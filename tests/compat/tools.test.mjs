// Function calls, polled and streamed, over one round and over several.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, ask, callsOf, functionTool, outputsFor } from './conversation.mjs';
import { pollUntil, prepare, replies, streamsOf } from './conversation.mjs';
import { asShown, rowOf, rows } from './event_rows.mjs';

const tools = ['get_weather', 'get_time'].map(functionTool);

test('a run waits for its tool and answers with the output', async () => {
  const api = await connect('weather_tool');
  const waiting = await ask(api, 'What is the weather in Oslo?', { tools });
  const { status, usage, required_action } = waiting;
  assert.deepEqual([status, usage, required_action.type], ['requires_action', null, 'submit_tool_outputs']);
  const [call] = callsOf(waiting);
  assert.match(call.id, /^call_[A-Za-z0-9]{24}$/);
  assert.equal(call.type, 'function');
  assert.deepEqual(call.function, { name: 'get_weather', arguments: '{"city":"Oslo"}' });

  const outputs = outputsFor(waiting, () => JSON.stringify({ temperature: '12 C' }));
  const run = await api.runs.submitToolOutputsAndPoll(waiting.thread_id, waiting.id, outputs);
  assert.deepEqual([run.status, run.required_action], ['completed', null]);
  assert.match((await replies(api, run)).join(), /12 C/);
});

// T4, T5: queued again, with the old started_at; a new one once it is picked up; one deadline.
test('outputs put the run back into the queue', async () => {
  const api = await connect('weather_tool');
  const waiting = await ask(api, 'What is the weather in Oslo?', { tools });
  const outputs = outputsFor(waiting, () => JSON.stringify({ temperature: '12 C' }));
  const queued = await api.runs.submitToolOutputs(waiting.thread_id, waiting.id, outputs);
  assert.deepEqual(
    [queued.status, queued.required_action, queued.started_at, queued.expires_at],
    ['queued', null, waiting.started_at, waiting.created_at + 600],
  );
  const { run, statuses } = await pollUntil(api, queued, ({ status }) => status === 'completed');
  assert.deepEqual(statuses, ['in_progress', 'completed']);
  assert.ok(run.started_at > waiting.started_at);
});

for (const [scenario, distinctNames] of [['parallel_tools', true], ['same_tool_twice', false]]) {
  test(`${scenario}: one step holds several calls, answered in any order`, async () => {
    const api = await connect(scenario);
    const waiting = await ask(api, 'Hello', { tools });
    const calls = callsOf(waiting);
    assert.ok(calls.length > 1);
    assert.equal(new Set(calls.map((call) => call.id)).size, calls.length);
    assert.equal(new Set(calls.map((call) => call.function.name)).size === calls.length, distinctNames);
    const { tool_outputs } = outputsFor(waiting, () => '{}');
    const run = await api.runs.submitToolOutputsAndPoll(waiting.thread_id, waiting.id, {
      tool_outputs: tool_outputs.toReversed(),
    });
    assert.equal(run.status, 'completed');
  });
}

const answers = {
  get_user: JSON.stringify({ id: 'u1', name: 'Ada' }),
  get_location: JSON.stringify({ city: 'Oslo' }),
  get_weather: 'raining',
  get_calendar: 'empty',
};
const answer = (name) => answers[name];
const calledInRounds = [
  ['get_user {}', 'get_location {}'],
  ['get_weather {"city":"Oslo"}', 'get_calendar {"user":"u1","days":1}'],
];
const finalText = 'Ada, it is raining in Oslo. Your day: empty.';
const shown = (call) => `${call.function.name} ${call.function.arguments}`;

test('two rounds of two calls each, polled', async () => {
  const api = await connect('tool_rounds');
  let run = await ask(api, 'What about today?', { tools });
  const called = [];
  const ids = [];
  while (run.status === 'requires_action') {
    called.push(callsOf(run).map(shown));
    ids.push(...callsOf(run).map((call) => call.id));
    run = await api.runs.submitToolOutputsAndPoll(run.thread_id, run.id, outputsFor(run, answer));
  }
  assert.deepEqual([run.status, called, new Set(ids).size], ['completed', calledInRounds, 4]);
  assert.deepEqual(await replies(api, run), [finalText]);
});

// Rows F and D: a stream ends where the client is needed, and the next one takes up from there.
test('two rounds of two calls each, streamed', async () => {
  const api = await connect('tool_rounds');
  const { assistant_id, thread_id } = await prepare(api, 'What about today?', { tools });
  const called = [];
  const pieces = [];
  const follow = (stream) => {
    stream.on('toolCallDone', (call) => called.push(shown(call)));
    stream.on('textDelta', (delta) => pieces.push(delta.value));
    return stream.finalRun();
  };
  let run = await follow(api.runs.stream(thread_id, { assistant_id }));
  while (run.status === 'requires_action') {
    run = await follow(api.runs.submitToolOutputsStream(thread_id, run.id, outputsFor(run, answer)));
  }
  assert.deepEqual([run.status, called, pieces.join('')], ['completed', calledInRounds.flat(), finalText]);
  assert.deepEqual(await replies(api, run), [finalText]);
  assert.deepEqual((await streamsOf(api)).map(rowOf), [rows.F, rows['D, then C'], rows.D]);
});

// Rows C and D, read raw: what the SDK shows of them, and one step that spans both streams.
test('one call, streamed raw', async () => {
  const api = await connect('weather_tool');
  const { assistant_id, thread_id } = await prepare(api, 'What is the weather in Oslo?', { tools });
  const asked = await all(await api.runs.create(thread_id, { assistant_id, stream: true }));
  const waiting = asked.at(-1).data;
  const outputs = outputsFor(waiting, () => JSON.stringify({ temperature: '12 C' }));
  const submitted = api.runs.submitToolOutputs(thread_id, waiting.id, { ...outputs, stream: true });
  const resumed = await all(await submitted);
  assert.deepEqual(rowOf(asked), asShown(rows.C));
  assert.deepEqual(rowOf(resumed), asShown(rows.D));
  const [{ data: step }] = resumed;
  const opened = asked.find(({ event }) => event === 'thread.run.step.created').data;
  assert.deepEqual([opened.step_details.tool_calls, step.id], [[], opened.id]);
  assert.equal(step.step_details.tool_calls[0].function.output, outputs.tool_outputs[0].output);
});

test('the steps that a stream adds up are those that are read later', async () => {
  const api = await connect('parallel_tools');
  const { assistant_id, thread_id } = await prepare(api, 'What is new?', { tools });
  const stream = api.runs.stream(thread_id, { assistant_id });
  const [streamed, ...others] = await stream.finalRunSteps();
  const run = await stream.finalRun();
  const [read] = await all(api.steps.list(thread_id, run.id));
  const plain = (step) =>
    step.step_details.tool_calls.map(({ id, type, function: called }) => ({ id, type, called }));
  assert.deepEqual([others, plain(streamed)], [[], plain(read)]);
});

// All of one call comes before the next; id and name come once, with the call's first delta.
test('parallel calls are streamed one after another', async () => {
  const api = await connect('parallel_tools');
  const { assistant_id, thread_id } = await prepare(api, 'What is new?', { tools });
  const events = await all(await api.runs.create(thread_id, { assistant_id, stream: true }));
  const deltas = events
    .filter(({ event }) => event === 'thread.run.step.delta')
    .flatMap(({ data }) => data.delta.step_details.tool_calls);
  const indexes = deltas.map((delta) => delta.index);
  assert.deepEqual(indexes, indexes.toSorted());
  const calls = callsOf(events.at(-1).data);
  assert.deepEqual([...new Set(indexes)], calls.map((_, index) => index));
  for (const [index, call] of calls.entries()) {
    const [first, ...rest] = deltas.filter((delta) => delta.index === index);
    assert.deepEqual([first.id, first.type], [call.id, 'function']);
    assert.deepEqual(first.function, { name: call.function.name, arguments: '', output: null });
    assert.ok(rest.every((delta) => delta.id === undefined && delta.function.name === undefined));
    assert.equal(rest.map((delta) => delta.function.arguments).join(''), call.function.arguments);
  }
});

test('a message before the call is there while the run waits', async () => {
  const api = await connect('message_then_tool');
  const waiting = await ask(api, 'Find it', { tools });
  assert.equal(waiting.status, 'requires_action');
  assert.deepEqual(await replies(api, waiting), ['One moment, I will look that up.']);
  const outputs = outputsFor(waiting, () => 'a key');
  const run = await api.runs.submitToolOutputsAndPoll(waiting.thread_id, waiting.id, outputs);
  assert.deepEqual(await replies(api, run), ['One moment, I will look that up.', 'I found: a key']);
});

test('usage is null until the run has ended, then the sum of its steps', async () => {
  const api = await connect('usage_given');
  const waiting = await ask(api, 'What does it cost?', { tools });
  assert.equal(waiting.usage, null);
  const outputs = outputsFor(waiting, () => '400 €');
  const run = await api.runs.submitToolOutputsAndPoll(waiting.thread_id, waiting.id, outputs);
  const { prompt_tokens, completion_tokens, total_tokens } = run.usage;
  assert.deepEqual([prompt_tokens, completion_tokens, total_tokens], [544, 54, 598]);
});

test('arguments may be no JSON at all', async () => {
  const api = await connect('invalid_arguments');
  const run = await ask(api, 'Hello', { tools });
  assert.equal(run.status, 'requires_action');
  assert.throws(() => callsOf(run).forEach((call) => JSON.parse(call.function.arguments)), SyntaxError);
});

test('a function may be called that was never declared', async () => {
  const api = await connect('undeclared_function');
  const run = await ask(api, 'Hello', { tools });
  const declared = tools.map((tool) => tool.function.name);
  assert.equal(run.status, 'requires_action');
  assert.ok(callsOf(run).some((call) => !declared.includes(call.function.name)));
});
