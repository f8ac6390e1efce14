// One spelling for the calls of all SDK versions: methods of nested objects take the ids from the
// outside in, then parameters, then options; what deletes is called `delete`.
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { allRecorded, recording } from './recording.mjs';
import { baseUrl, stopAll } from './server.mjs';

export const version = process.env.OPENAI_SDK_VERSION ?? '7.55.0';
// Version 4 takes (thread_id, id, …) where later ones take (id, {thread_id, …}).
const positional = version.startsWith('4.');
export const sdk = await import(`openai-${version}`);

// What version 4 fetches with on its own; later ones use the platform's.
const requireOfSdk = createRequire(import.meta.resolve(`openai-${version}`));
const ownFetch = positional ? requireOfSdk('node-fetch') : globalThis.fetch;

// A call of what is inside of another object, whose id later versions know by the name `outer`.
const nestedIn = (outer) => (resource, name, oldName = name) => (outerId, id, params, options) => {
  if (!positional) return resource[name](id, { [outer]: outerId, ...params }, options);
  return resource[oldName](outerId, id, ...(params === undefined ? [] : [params]), options);
};
const nested = nestedIn('thread_id');
const nestedInStore = nestedIn('vector_store_id');

// What a version does not have stays absent.
const bound = (resource, ...names) =>
  Object.fromEntries(names.map((name) => [name, resource[name]?.bind(resource)]));
const deleting = (resource) => (id) => (positional ? resource.del(id) : resource.delete(id));

function callsOfFiles({ files, uploads }) {
  return {
    files: {
      ...bound(files, 'create', 'retrieve', 'list', 'content', 'waitForProcessing'),
      delete: deleting(files),
    },
    uploads: bound(uploads, 'create', 'complete', 'cancel'),
    parts: bound(uploads.parts, 'create'),
  };
}

// Up to 4.86 vector stores were under `beta`, without search, attributes and content.
function callsOfVectorStores(client) {
  const vectorStores = client.vectorStores ?? client.beta.vectorStores;
  const { files, fileBatches } = vectorStores;
  return {
    vectorStores: {
      ...bound(vectorStores, 'create', 'retrieve', 'update', 'list', 'search'),
      delete: deleting(vectorStores),
    },
    storeFiles: {
      ...bound(files, 'create', 'list', 'createAndPoll', 'poll', 'upload', 'uploadAndPoll'),
      retrieve: nestedInStore(files, 'retrieve'),
      update: nestedInStore(files, 'update'),
      content: nestedInStore(files, 'content'),
      delete: nestedInStore(files, 'delete', 'del'),
    },
    fileBatches: {
      ...bound(fileBatches, 'create', 'createAndPoll', 'poll', 'uploadAndPoll'),
      retrieve: nestedInStore(fileBatches, 'retrieve'),
      cancel: nestedInStore(fileBatches, 'cancel'),
      listFiles: nestedInStore(fileBatches, 'listFiles'),
    },
  };
}

function callsOf(client) {
  const { assistants, threads } = client.beta;
  const { messages, runs } = threads;
  const { steps } = runs;
  return {
    assistants: { ...bound(assistants, 'create', 'retrieve', 'update', 'list'), delete: deleting(assistants) },
    threads: {
      ...bound(threads, 'create', 'retrieve', 'update', 'createAndRun', 'createAndRunPoll', 'createAndRunStream'),
      delete: deleting(threads),
    },
    messages: {
      ...bound(messages, 'create', 'list'),
      retrieve: nested(messages, 'retrieve'),
      update: nested(messages, 'update'),
      delete: nested(messages, 'delete', 'del'),
    },
    runs: {
      ...bound(runs, 'create', 'list', 'createAndPoll', 'stream'),
      retrieve: nested(runs, 'retrieve'),
      update: nested(runs, 'update'),
      cancel: nested(runs, 'cancel'),
      poll: nested(runs, 'poll'),
      submitToolOutputs: nested(runs, 'submitToolOutputs'),
      submitToolOutputsAndPoll: nested(runs, 'submitToolOutputsAndPoll'),
      submitToolOutputsStream: nested(runs, 'submitToolOutputsStream'),
    },
    steps: {
      list: nested(steps, 'list'),
      retrieve: (thread_id, run_id, step_id, params = {}) =>
        positional
          ? steps.retrieve(thread_id, run_id, step_id, params)
          : steps.retrieve(step_id, { thread_id, run_id, ...params }),
    },
    models: bound(client.models, 'list', 'retrieve'),
    ...callsOfFiles(client),
    ...callsOfVectorStores(client),
  };
}

let worlds = 0;

// Lets `by`, such as 1h, pass in the world of `client`.
async function advance({ apiKey, baseURL }, by) {
  const answer = await fetch(new URL('/_mock/advance', baseURL), {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ by }),
  });
  if (!answer.ok) throw new Error(`advance by ${by}: ${await answer.text()}`);
}

// A client of `Class`, with a world of its own unless `options` name one. Beside the calls it has
// `wire()`, the exchanges that it had so far, in the order in which they ended, and `advance(by)`.
function connected(Class, options) {
  const exchanges = [];
  const client = new Class({
    apiKey: `sk-${process.pid}-${++worlds}`,
    fetch: recording(ownFetch, exchanges),
    maxRetries: 0,
    ...options,
  });
  const wire = async () => {
    await allRecorded();
    return exchanges;
  };
  return { ...callsOf(client), client, wire, advance: (by) => advance(client, by) };
}

// To a mock that plays `scenario`.
export async function connect(scenario, { time = 'stepped', ...options } = {}) {
  return connected(sdk.OpenAI, { baseURL: await baseUrl(scenario, time), ...options });
}

// The same with the class for Azure, which finds its service by an endpoint and a version.
export async function connectToAzure(scenario, options = {}) {
  const endpoint = (await baseUrl(scenario, 'stepped')).replace(/\/v1$/, '');
  const address = 'baseURL' in options ? {} : { endpoint };
  return connected(sdk.AzureOpenAI, { ...address, apiVersion: '2024-05-01-preview', ...options });
}

// The id of the request that made `result`, or was refused with `error`.
export const requestId = (resultOrError) =>
  resultOrError._request_id ?? resultOrError.requestID ?? resultOrError.request_id;

after(async () => {
  await allRecorded();
  stopAll();
});
