// Worlds by key and by path, scenarios by key, and a test that steers the mock over its own routes:
// what a suite in any language does with an unmodified SDK.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { baseUrl } from './server.mjs';
import { ask, refused, replies } from './conversation.mjs';

const root = async (time = 'stepped') => (await baseUrl('echo', time)).replace(/\/v1$/, '');

// A call of the mock's own routes for one world.
async function mock(base, key, method, path, body) {
  const answer = await fetch(`${base}/_mock${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, json: await answer.json() };
}

let names = 0;
const fresh = (prefix) => `${prefix}${process.pid}-${++names}`;

test('a base URL names a world: background polls and streams stay in it', async () => {
  const name = fresh('suite-');
  const api = await connect('echo', { baseURL: `${await root()}/tenant/${name}/v1` });
  const same = await connect('echo', { apiKey: name });
  const other = await connect('echo');
  const run = await ask(api, 'Hello');
  assert.equal(run.status, 'completed');
  assert.deepEqual(await replies(api, run), ['You said: Hello']);
  assert.equal((await same.threads.retrieve(run.thread_id)).id, run.thread_id);
  await refused(other.threads.retrieve(run.thread_id), 'NotFoundError', {
    message: `No thread found with id '${run.thread_id}'.`,
  });
});

test('a key chooses its scenario', async () => {
  const api = await connect('echo', { apiKey: fresh('weather_tool/') });
  const run = await ask(api, 'What is the weather in Oslo?');
  assert.equal(run.status, 'requires_action');
  const path = await connect('echo', {
    baseURL: `${await root()}/tenant/${encodeURIComponent(fresh('weather_tool/'))}/v1`,
  });
  assert.equal((await ask(path, 'Weather in Oslo?')).status, 'requires_action');
});

test('a scenario that is not there is refused with the nearest name', async () => {
  const api = await connect('echo', { apiKey: fresh('weather_tol/') });
  await refused(api.assistants.create({ model: 'gpt-4o' }), 'BadRequestError', {
    code: 'mock_scenario',
    message:
      "This mock server has no scenario 'weather_tol', which the key chooses by what stands before its first slash; " +
      "did you mean 'weather_tool'? (`assistants-mock list` shows those that are shipped).",
  });
});

test('time is let pass by a test: an expired run without a wait', async () => {
  const key = fresh('manual-');
  const api = await connect('echo', { apiKey: key, time: 'manual' });
  const base = await root('manual');
  await mock(base, key, 'PUT', '/scenario', { name: 'hangs_in_progress' });
  const assistant = await api.assistants.create({ model: 'gpt-4o' });
  const created = await api.threads.createAndRun({
    assistant_id: assistant.id,
    thread: { messages: [{ role: 'user', content: 'Hello' }] },
  });
  const polled = api.runs.poll(created.thread_id, created.id, undefined, { pollIntervalMs: 1 });
  await mock(base, key, 'POST', '/wait', { requests: { path: '/threads/{t}/runs/{r}' } });
  await mock(base, key, 'POST', '/advance', { by: '10min' });
  assert.equal((await polled).status, 'expired');
  const { json } = await mock(base, key, 'GET', '/journal?method=POST&limit=0');
  assert.equal(json.count, 2);
});

test('a stream of manual time comes as the test lets it', async () => {
  const key = fresh('manual-');
  const api = await connect('echo', { apiKey: key, time: 'manual' });
  const base = await root('manual');
  const assistant = await api.assistants.create({ model: 'gpt-4o' });
  const thread = await api.threads.create({ messages: [{ role: 'user', content: 'Hello' }] });
  const stream = api.runs.stream(thread.id, { assistant_id: assistant.id });
  const ended = stream.finalRun();
  const waited = await mock(base, key, 'POST', '/wait', { runs: { status: 'queued' } });
  assert.equal(waited.status, 200);
  await mock(base, key, 'POST', '/advance', { by: '2s' });
  assert.equal((await ended).status, 'completed');
});

test('a fault is laid while the client runs, and its retries are in the journal', async () => {
  const key = fresh('fault-');
  const api = await connect('echo', { apiKey: key, maxRetries: 2 });
  const base = await root();
  const laid = await mock(base, key, 'POST', '/faults', {
    on: 'POST /threads',
    times: [1, 2],
    status: 429,
    headers: { 'retry-after-ms': '1' },
    body: { error: { message: 'Slow down.', type: 'requests', param: null, code: 'rate_limit_exceeded' } },
  });
  assert.equal(laid.status, 200);
  const thread = await api.threads.create();
  assert.match(thread.id, /^thread_/);
  const { json } = await mock(base, key, 'GET', '/journal?path=/threads');
  assert.deepEqual(json.data.map((entry) => entry.status), [429, 429, 200]);
  const faults = await mock(base, key, 'GET', '/faults');
  assert.equal(faults.json.data[0].fired, 2);
});

test('what a row of the catalogue says becomes the error of its class', async () => {
  const key = fresh('fault-');
  const api = await connect('echo', { apiKey: key });
  await mock(await root(), key, 'POST', '/faults', { on: 'POST /threads', error: 'rl.quota' });
  await refused(api.threads.create(), 'RateLimitError', {
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message:
      'You exceeded your current quota, please check your plan and billing details. For more information on this ' +
      'error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
  });
});

test('an answer that is lost after the work leaves its traces', async () => {
  const key = fresh('fault-');
  const api = await connect('echo', { apiKey: key });
  await mock(await root(), key, 'POST', '/faults', {
    on: 'POST /assistants',
    connection: 'closed',
    after_work: true,
  });
  await assert.rejects(api.assistants.create({ model: 'gpt-4o' }), { name: /Error/ });
  const made = [];
  for await (const assistant of api.assistants.list()) made.push(assistant.id);
  assert.equal(made.length, 1);
});
