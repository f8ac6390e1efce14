// What surrounds every call: keys, the beta header, request ids, and addresses that are not there.
import assert from 'node:assert/strict';
import test from 'node:test';
import { recording } from './recording.mjs';
import { connect, requestId, sdk } from './sdk.mjs';
import { refused } from './conversation.mjs';
import { baseUrl } from './server.mjs';

const noThread = (id) => ({ message: `No thread found with id '${id}'.` });

test('request ids reach the caller, each one new', async () => {
  const api = await connect('echo');
  const thread = await api.threads.create();
  const again = await api.threads.retrieve(thread.id);
  const unknown = 'thread_000000000000000000000000';
  const error = await refused(api.threads.retrieve(unknown), 'NotFoundError', noThread(unknown));
  const ids = [thread, again, error].map(requestId);
  for (const id of ids) assert.match(id, /^req_[0-9a-f]{32}$/);
  assert.equal(new Set(ids).size, 3);
});

test('each key is a world of its own', async () => {
  const [one, other] = [await connect('echo'), await connect('echo')];
  const thread = await one.threads.create();
  await refused(other.threads.retrieve(thread.id), 'NotFoundError', noThread(thread.id));
});

test('auth.empty: a key that is empty is no key', async () => {
  const api = await connect('echo', { defaultHeaders: { Authorization: 'Bearer ' } });
  await refused(api.threads.create(), 'AuthenticationError', {
    message: "Incorrect API key provided: ''. You can find your API key at https://platform.openai.com/account/api-keys.",
    code: 'invalid_api_key',
  });
});

test('auth.missing: no key at all', async () => {
  const api = await connect('echo', { defaultHeaders: { Authorization: null } });
  const error = await api.threads.create().then(() => assert.fail('no error'), (reason) => reason);
  assert.ok(error instanceof sdk.AuthenticationError, `got: ${error.stack}`);
  assert.match(error.message, /^401 You didn't provide an API key\. .* obtain an API key from https:\/\/\S+\.$/);
  assert.deepEqual([error.type, error.param, error.code], ['invalid_request_error', null, null]);
});

test('beta.missing and beta.v1: the header names version 2', async () => {
  const api = await connect('echo');
  const fetchRecorded = recording(globalThis.fetch, []);
  const refusing = await baseUrl('echo', 'stepped', ['--v1', 'refused']);
  const ask = async (beta) => {
    const headers = { Authorization: `Bearer ${api.client.apiKey}`, ...beta };
    const answer = await fetchRecorded(`${refusing}/threads`, { method: 'POST', headers });
    return [answer.status, (await answer.json()).error];
  };
  const refusal = (message) => [400, { message, type: 'invalid_request_error', param: null, code: 'invalid_beta' }];
  assert.deepEqual(await ask({}), refusal(
    "You must provide the 'OpenAI-Beta' header to access the Assistants API. Please try again by setting the header 'OpenAI-Beta: assistants=v2'.",
  ));
  assert.deepEqual(await ask({ 'OpenAI-Beta': 'assistants=v1' }), refusal(
    "The v1 Assistants API has been deprecated. Please try again by setting the header 'OpenAI-Beta: assistants=v2'. See the migration guide for more information: https://platform.openai.com/docs/assistants/migration.",
  ));
});

test('route.unknown: an address that the API does not have', async () => {
  const api = await connect('echo');
  await refused(api.client.get('/nothing'), 'NotFoundError', { message: 'Invalid URL (GET /v1/nothing)' });
});
