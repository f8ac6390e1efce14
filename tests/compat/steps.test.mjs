import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, ask, callsOf, idsOf, outputsFor, start } from './conversation.mjs';

const include = ['step_details.tool_calls[*].file_search.results[*].content'];

test('a run that answers leaves one message_creation step', async () => {
  const api = await connect('echo');
  const run = await ask(api, 'Hello');
  const steps = await all(api.steps.list(run.thread_id, run.id));
  const [message] = await all(api.messages.list(run.thread_id, { run_id: run.id }));
  assert.equal(steps.length, 1);
  const [step] = steps;
  assert.match(step.id, /^step_[A-Za-z0-9]{24}$/);
  assert.deepEqual(
    [step.object, step.type, step.status, step.step_details, step.run_id, step.last_error],
    ['thread.run.step', 'message_creation', 'completed',
      { type: 'message_creation', message_creation: { message_id: message.id } }, run.id, null],
  );
  assert.deepEqual({ ...(await api.steps.retrieve(run.thread_id, run.id, step.id)) }, { ...step });
});

test('a tool step waits with its calls, then carries their outputs', async () => {
  const api = await connect('parallel_tools');
  const waiting = await ask(api, 'Hello');
  const calls = callsOf(waiting);
  const functionsOf = (step) =>
    step.step_details.tool_calls.map(({ id, function: called }) => ({ id, ...called }));
  const [open] = await all(api.steps.list(waiting.thread_id, waiting.id));
  assert.deepEqual([open.type, open.status, open.usage], ['tool_calls', 'in_progress', null]);
  assert.deepEqual(functionsOf(open), calls.map((call) => ({ id: call.id, ...call.function, output: null })));

  const outputs = outputsFor(waiting, (name) => `done: ${name}`);
  const run = await api.runs.submitToolOutputsAndPoll(waiting.thread_id, waiting.id, outputs);
  const steps = await all(api.steps.list(run.thread_id, run.id, { order: 'asc' }));
  assert.deepEqual(
    functionsOf(steps[0]),
    calls.map((call) => ({ id: call.id, ...call.function, output: `done: ${call.function.name}` })),
  );
  assert.deepEqual([steps[0].id, steps[0].status], [open.id, 'completed']);
  const newestFirst = await all(api.steps.list(run.thread_id, run.id, { limit: 1 }));
  assert.deepEqual(idsOf(newestFirst), idsOf(steps).toReversed());
  const total = (field) => steps.reduce((sum, step) => sum + step.usage[field], 0);
  assert.deepEqual(
    [run.usage.prompt_tokens, run.usage.completion_tokens],
    [total('prompt_tokens'), total('completion_tokens')],
  );
});

test('a run that has just been created has no steps', async () => {
  const api = await connect('never_picked_up');
  const run = await start(api, 'Hello');
  assert.deepEqual(await all(api.steps.list(run.thread_id, run.id)), []);
});

test('include[] is taken by runs and steps, as the SDK writes it', async () => {
  const api = await connect('echo');
  const run = await ask(api, 'Hello');
  const [step] = await all(api.steps.list(run.thread_id, run.id, { include }));
  await api.steps.retrieve(run.thread_id, run.id, step.id, { include });
  await api.runs.createAndPoll(run.thread_id, { assistant_id: run.assistant_id, include });
  const written = `?include[]=${include[0]}`;
  const asked = (await api.wire()).filter(({ query }) => decodeURIComponent(query).startsWith(written));
  assert.deepEqual(asked.map(({ status }) => status), [200, 200, 200]);
});
