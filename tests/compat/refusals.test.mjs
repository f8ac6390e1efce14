// What the service refuses because of the state that things are in, by the rows of
// docs/wire/errors.md; bodies that are wrong in themselves are in validation.test.mjs.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, ask, callsOf, prepare, refused, start } from './conversation.mjs';

const user = (content) => ({ role: 'user', content });

test('lock.message, lock.run, run.modify: a thread is locked while its run is active', async () => {
  const api = await connect('hangs_in_progress');
  const run = await start(api, 'Hello');
  const { thread_id, assistant_id } = run;
  const active = { message: `Thread ${thread_id} already has an active run ${run.id}.` };
  const body = { metadata: { seen: 'yes' } };
  await refused(api.messages.create(thread_id, user('More')), 'BadRequestError', {
    message: `Can't add messages to ${thread_id} while a run ${run.id} is active.`,
  });
  await refused(api.runs.create(thread_id, { assistant_id }), 'BadRequestError', active);
  await refused(api.runs.update(thread_id, run.id, body), 'BadRequestError', {
    message: "Cannot update run with status 'in_progress'.",
  });
  const [question] = await all(api.messages.list(thread_id)); // reading and metadata are not locked
  assert.deepEqual((await api.messages.update(thread_id, question.id, body)).metadata, body.metadata);
  assert.deepEqual((await api.threads.update(thread_id, body)).metadata, body.metadata);
});

test('lock.run: a stream that is refused is a plain error', async () => {
  const api = await connect('hangs_in_progress');
  const run = await start(api, 'Hello');
  const { thread_id, assistant_id } = run;
  const active = { message: `Thread ${thread_id} already has an active run ${run.id}.` };
  await refused(api.runs.create(thread_id, { assistant_id, stream: true }), 'BadRequestError', active);
  await refused(api.runs.stream(thread_id, { assistant_id }).finalRun(), 'BadRequestError', active);
});

test('submit.ids: all calls and no others are answered, in one request', async () => {
  const api = await connect('parallel_tools');
  const run = await ask(api, 'What is new?');
  const ids = callsOf(run).map((call) => call.id);
  const listed = (of) => `[${of.map((id) => `'${id}'`).join(', ')}]`;
  const stale = 'call_000000000000000000000000';
  for (const given of [ids.slice(0, 1), [...ids, stale], [stale]]) {
    const outputs = { tool_outputs: given.map((tool_call_id) => ({ tool_call_id, output: 'ok' })) };
    await refused(api.runs.submitToolOutputs(run.thread_id, run.id, outputs), 'BadRequestError', {
      message: `Expected tool outputs for call_ids ${listed(ids)}, got ${listed(given)}`,
    });
  }
  assert.equal((await api.runs.retrieve(run.thread_id, run.id)).status, 'requires_action');
});

test('submit.status: only a run in requires_action takes outputs', async () => {
  const outputs = { tool_outputs: [{ tool_call_id: 'call_1', output: 'ok' }] };
  const takesNone = (submitted, status) =>
    refused(submitted, 'BadRequestError', { message: `Runs in status "${status}" do not accept tool outputs.` });
  for (const [scenario, status] of [['never_picked_up', 'queued'], ['hangs_in_progress', 'in_progress']]) {
    const api = await connect(scenario);
    const run = await start(api, 'Hello');
    await takesNone(api.runs.submitToolOutputs(run.thread_id, run.id, outputs), status);
    await takesNone(api.runs.submitToolOutputsStream(run.thread_id, run.id, outputs).finalRun(), status);
  }
  const api = await connect('echo');
  const run = await ask(api, 'Hello');
  await takesNone(api.runs.submitToolOutputs(run.thread_id, run.id, outputs), 'completed');
});

test('run.empty-thread: somebody must have said something', async () => {
  const api = await connect('echo');
  const { id: assistant_id } = await api.assistants.create({ model: 'gpt-4o' });
  const { id: thread_id } = await api.threads.create();
  const refusal = {
    message: 'Run creation requires a Thread with a user message or an assistant with instructions.',
    code: 'invalid_thread',
  };
  await refused(api.runs.create(thread_id, { assistant_id }), 'BadRequestError', refusal);
  await refused(api.runs.create(thread_id, { assistant_id, stream: true }), 'BadRequestError', refusal);
  await refused(api.runs.stream(thread_id, { assistant_id }).finalRun(), 'BadRequestError', refusal);
});

test('nf.*: what is not there is named', async () => {
  const api = await connect('echo');
  const { id: run_id, thread_id, assistant_id } = await ask(api, 'Hello');
  const unknown = (prefix) => prefix + '0'.repeat(24);
  const [thread, run, message, assistant] = ['thread_', 'run_', 'msg_', 'asst_'].map(unknown);
  const other = await api.threads.create();
  const absent = [
    [() => api.assistants.retrieve(assistant), `assistant found with id '${assistant}'`],
    [() => api.threads.retrieve(thread), `thread found with id '${thread}'`],
    [() => api.messages.list(thread), `thread found with id '${thread}'`],
    [() => api.messages.retrieve(thread_id, message), `message found with id '${message}'`],
    [() => api.runs.retrieve(thread_id, run), `run found with id '${run}'`],
    [() => api.runs.retrieve(other.id, run_id), `run found with id '${run_id}'`], // of another thread
    [() => api.steps.list(thread_id, run), `run found with id '${run}'`],
    [() => api.steps.retrieve(thread_id, run_id, 'step_123'), "run step found with id 'step_123'"],
    [() => api.runs.create(thread_id, { assistant_id: assistant }), `assistant found with id '${assistant}'`],
    [() => api.runs.create(thread, { assistant_id }), `thread found with id '${thread}'`],
  ];
  for (const [call, what] of absent) {
    await refused(call(), 'NotFoundError', { message: `No ${what}.` });
  }
});

test('a deleted assistant starts no run', async () => {
  const api = await connect('echo');
  const { assistant_id, thread_id } = await prepare(api, 'Hello');
  await api.assistants.delete(assistant_id);
  await refused(api.runs.create(thread_id, { assistant_id }), 'NotFoundError', {
    message: `No assistant found with id '${assistant_id}'.`,
  });
});
