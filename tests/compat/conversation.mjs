// What many tests begin with, wait for, or look at.
import assert from 'node:assert/strict';
import { sdk } from './sdk.mjs';

export const functionTool = (name) => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: {} } },
});

// An assistant, and a thread with one user message: the ids that a run is made of.
export async function prepare(api, text, assistant = {}) {
  const body = { model: 'gpt-4o', instructions: 'Be brief.', ...assistant };
  const { id: assistant_id } = await api.assistants.create(body);
  const { id: thread_id } = await api.threads.create({ messages: [{ role: 'user', content: text }] });
  return { assistant_id, thread_id };
}

// A run over `text`, polled until it rests.
export async function ask(api, text, assistant = {}) {
  const { assistant_id, thread_id } = await prepare(api, text, assistant);
  return api.runs.createAndPoll(thread_id, { assistant_id });
}

// A run over `text`, created and left alone.
export async function start(api, text, body = {}) {
  const { assistant_id, thread_id } = await prepare(api, text);
  return api.runs.create(thread_id, { assistant_id, ...body });
}

// All that a list holds, page after page.
export async function all(list) {
  const items = [];
  for await (const item of list) items.push(item);
  return items;
}

export const idsOf = (items) => items.map((item) => item.id);

export const textOf = (message) => message.content.map((part) => part.text?.value ?? '').join('');

// The texts of the messages that a run wrote, oldest first.
export async function replies(api, run) {
  const messages = await all(api.messages.list(run.thread_id, { run_id: run.id, order: 'asc' }));
  return messages.map(textOf);
}

export const callsOf = (run) => run.required_action.submit_tool_outputs.tool_calls;

// Answers every call that `run` waits for with `output(function name, arguments)`.
export const outputsFor = (run, output) => ({
  tool_outputs: callsOf(run).map((call) => ({
    tool_call_id: call.id,
    output: output(call.function.name, call.function.arguments),
  })),
});

// Polls by hand until `settled(run)`; the statuses seen on the way, first to last.
export async function pollUntil(api, run, settled, atMost = 700) {
  const statuses = [];
  for (let poll = 0; poll < atMost; poll++) {
    const seen = await api.runs.retrieve(run.thread_id, run.id);
    statuses.push(seen.status);
    if (settled(seen)) return { run: seen, statuses };
  }
  return assert.fail(`after ${atMost} polls the run is ${statuses.at(-1)}`);
}

const statusOf = { BadRequestError: 400, AuthenticationError: 401, NotFoundError: 404, RateLimitError: 429 };

// `promise` must end in the SDK's error of that class, with these words. Returns the error.
export async function refused(promise, className, expected) {
  const { message, param = null, code = null, type = 'invalid_request_error' } = expected;
  const error = await promise.then(() => assert.fail(`no ${className}, but success`), (reason) => reason);
  assert.ok(error instanceof sdk[className], `expected a ${className}, but got: ${error?.stack ?? error}`);
  const status = statusOf[className];
  assert.deepEqual(
    { status: error.status, message: error.message, type: error.type, param: error.param, code: error.code },
    { status, message: `${status} ${message}`, type, param, code },
  );
  return error;
}

// The streams that `api` has read to their end, each as the list of its events.
export async function streamsOf(api) {
  return (await api.wire()).filter((exchange) => exchange.events).map((exchange) => exchange.events);
}
