// Azure's spelling of the same protocol, as the class for it in the official package writes it:
// other paths, a version in the query, another header for the key.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { connect, connectToAzure, version } from './sdk.mjs';
import { all, ask, functionTool, outputsFor, prepare, refused, replies } from './conversation.mjs';
import { countsOf, fileOf, storeOf, uploaded } from './documents.mjs';
import { baseUrl, program } from './server.mjs';

const root = async () => (await baseUrl('echo', 'stepped')).replace(/\/v1$/, '');
const tools = [functionTool('get_weather')];

// All that went over the wire had this in front, and asked for a version.
async function assertSpelled(api, prefix) {
  const exchanges = await api.wire();
  assert.ok(exchanges.length > 0);
  for (const { path, query, status } of exchanges) {
    assert.ok(path.startsWith(prefix), path);
    assert.match(query, /[?&]api-version=2024-05-01-preview(&|$)/, path);
    assert.equal(status, 200, path);
  }
}

test('a conversation with a tool call, polled', async () => {
  const api = await connectToAzure('weather_tool');
  const waiting = await ask(api, 'What is the weather in Oslo?', { tools });
  assert.equal(waiting.status, 'requires_action');
  const outputs = outputsFor(waiting, () => JSON.stringify({ temperature: '12 C' }));
  const run = await api.runs.submitToolOutputsAndPoll(waiting.thread_id, waiting.id, outputs);
  assert.equal(run.status, 'completed');
  assert.match((await replies(api, run)).join(), /12 C/);
  const steps = await all(api.steps.list(run.thread_id, run.id, { order: 'asc', limit: 1 }));
  assert.deepEqual(steps.map(({ type }) => type), ['tool_calls', 'message_creation']);
  await api.messages.create(run.thread_id, { role: 'user', content: 'Thanks' });
  assert.equal((await all(api.messages.list(run.thread_id))).length, 3);
  await assertSpelled(api, '/openai/');
});

test('a run is streamed', async () => {
  const api = await connectToAzure('weather_tool');
  const { assistant_id, thread_id } = await prepare(api, 'What is the weather in Oslo?', { tools });
  const waiting = await api.runs.stream(thread_id, { assistant_id }).finalRun();
  assert.equal(waiting.status, 'requires_action');
  const outputs = outputsFor(waiting, () => JSON.stringify({ temperature: '12 C' }));
  const stream = api.runs.submitToolOutputsStream(thread_id, waiting.id, outputs);
  let text = '';
  stream.on('textDelta', (delta) => (text += delta.value));
  assert.equal((await stream.finalRun()).status, 'completed');
  assert.match(text, /12 C/);
  await assertSpelled(api, '/openai/');
});

test('a file is uploaded, and a vector store made of it and of another', async () => {
  const api = await connectToAzure('echo');
  const file = await uploaded(api, 'notes.txt', 'Hello, vector stores.');
  const { store } = await storeOf(api, { 'a.txt': 'One' });
  const added = await api.storeFiles.createAndPoll(store.id, { file_id: file });
  assert.equal(added.status, 'completed');
  assert.equal((await api.storeFiles.uploadAndPoll(store.id, await fileOf('Two', 'b.txt'))).status, 'completed');
  assert.deepEqual(countsOf(await api.vectorStores.retrieve(store.id)), [0, 3, 0, 0, 3]);
  await assertSpelled(api, '/openai/');
});

test('its key is a world, the same as by the other header', async () => {
  const apiKey = `azure-${process.pid}`;
  const azure = await connectToAzure('echo', { apiKey });
  const { id } = await azure.threads.create();
  assert.equal((await (await connect('echo', { apiKey })).threads.retrieve(id)).id, id);
  const token = await connectToAzure('echo', { apiKey: undefined, azureADTokenProvider: async () => apiKey });
  assert.equal((await token.threads.retrieve(id)).id, id);
  const other = await connectToAzure('echo');
  await refused(other.threads.retrieve(id), 'NotFoundError', { message: `No thread found with id '${id}'.` });
});

test('an endpoint may name a world, and end in a slash', async () => {
  for (const endpoint of [`${await root()}/tenant/azure-${process.pid}`, `${await root()}/`]) {
    const api = await connectToAzure('echo', { endpoint });
    const run = await ask(api, 'Hello');
    assert.deepEqual(await replies(api, run), ['You said: Hello']);
  }
});

test('the newer paths need no version, whichever class asks', async () => {
  const baseURL = `${await root()}/openai/v1`;
  for (const connectTo of [connect, connectToAzure]) {
    const api = await connectTo('echo', { baseURL });
    const run = await ask(api, 'Hello');
    assert.deepEqual(await replies(api, run), ['You said: Hello']);
    for (const { path } of await api.wire()) assert.ok(path.startsWith('/openai/v1/'), path);
  }
});

test('route.api-version: the older ones need one', async () => {
  const api = await connect('echo', { baseURL: `${await root()}/openai` });
  await refused(api.threads.create(), 'NotFoundError', { message: 'Resource not found', code: '404' });
});

test('route.unknown: an address that the API does not have', async () => {
  const api = await connectToAzure('echo');
  await refused(api.client.get('/nothing'), 'NotFoundError', { message: 'Invalid URL (GET /openai/nothing)' });
});

test('a key of one world steers it through the same client', async () => {
  const api = await connectToAzure('echo');
  await api.threads.create();
  assert.equal((await api.client.get('/_mock/journal')).count, 1);
});

// How the client ends under `exec`, with its words behind `command`.
function exec(command, words = [], variables = {}) {
  const client = fileURLToPath(new URL('azure_client.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(program, ['exec', '--', ...command, client, ...words], {
    encoding: 'utf8',
    env: { ...process.env, OPENAI_SDK_VERSION: version, ...variables },
  });
  return { status, stdout, stderr };
}

test('exec: a client that reads its environment needs nothing else', () => {
  const { status, stdout, stderr } = exec([process.execPath]);
  assert.deepEqual([status, stdout], [0, '2024-05-01-preview /v1 You said: Hello\n'], stderr);
});

test('exec: a version of its own stays', () => {
  const { stdout } = exec([process.execPath], [], { OPENAI_API_VERSION: '2025-04-01-preview' });
  assert.equal(stdout, '2025-04-01-preview /v1 You said: Hello\n');
});

test('exec: a client that names its endpoint does without OPENAI_BASE_URL', () => {
  const together = exec([process.execPath], ['endpoint']);
  assert.match(together.stderr, /baseURL and endpoint are mutually exclusive/);
  const { status, stdout, stderr } = exec(['env', '-u', 'OPENAI_BASE_URL', process.execPath], ['endpoint']);
  assert.deepEqual([status, stdout], [0, '2025-01-01-preview /openai You said: Hello\n'], stderr);
});
