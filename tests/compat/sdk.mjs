// One spelling for the calls of five SDK versions: methods of nested objects take the ids from the
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

function nested(resource, name, oldName = name) {
  return (thread_id, id, params, options) => {
    if (!positional) return resource[name](id, { thread_id, ...params }, options);
    return resource[oldName](thread_id, id, ...(params === undefined ? [] : [params]), options);
  };
}

const bound = (resource, ...names) =>
  Object.fromEntries(names.map((name) => [name, resource[name].bind(resource)]));
const deleting = (resource) => (id) => (positional ? resource.del(id) : resource.delete(id));

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
  };
}

let worlds = 0;

// A client with a world of its own on a mock that plays `scenario`. Beside the calls it has `wire()`,
// the exchanges that it had so far, in the order in which they ended.
export async function connect(scenario, { time = 'stepped', ...options } = {}) {
  const exchanges = [];
  const client = new sdk.OpenAI({
    apiKey: `sk-${process.pid}-${++worlds}`,
    baseURL: await baseUrl(scenario, time),
    fetch: recording(ownFetch, exchanges),
    maxRetries: 0,
    ...options,
  });
  const wire = async () => {
    await allRecorded();
    return exchanges;
  };
  return { ...callsOf(client), client, wire };
}

// The id of the request that made `result`, or was refused with `error`.
export const requestId = (resultOrError) =>
  resultOrError._request_id ?? resultOrError.requestID ?? resultOrError.request_id;

after(async () => {
  await allRecorded();
  stopAll();
});
