// Bodies and parameters that are refused for what they say, by the rows of docs/wire/errors.md.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { ask, callsOf, functionTool, prepare, refused } from './conversation.mjs';

const model = 'gpt-4o';
const assistant = (body) => (api) => api.assistants.create({ model, ...body });
const message = (body) => (api, { thread_id }) => api.messages.create(thread_id, body);
const run = (body) => (api, { thread_id, assistant_id }) => api.runs.create(thread_id, { assistant_id, ...body });
const list = (query) => (api) => api.assistants.list(query);

const codes = {
  'v.missing': 'missing_required_parameter',
  'v.unknown': 'unknown_parameter',
  'v.type': 'invalid_type',
  'v.enum': 'invalid_value',
  'v.role': 'invalid_value',
  'v.strlen': 'string_above_max_length',
  'v.arrmax': 'array_above_max_length',
  'v.intmin': 'integer_below_min_value',
  'v.intmax': 'integer_above_max_value',
  'v.decmin': 'decimal_below_min_value',
  'v.decmax': 'decimal_above_max_value',
  'v.meta.count': 'object_above_max_properties',
  'v.meta.key': 'property_name_above_max_length',
  'v.meta.value': 'string_above_max_length',
  'v.meta.type': 'invalid_type',
  'v.fn.name': 'invalid_value',
  'v.content.empty': null,
  'id.thread': 'invalid_value',
  'id.assistant': 'invalid_value',
};

const pairs = (count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']));
const interpreters = (count) => Array(count).fill({ type: 'code_interpreter' });
const longKey = 'k'.repeat(65);

// Row, what is asked, param, message.
const cases = [
  ['v.missing', (api) => api.assistants.create({}), 'model',
    "Missing required parameter: 'model'."],
  ['v.missing', run({ assistant_id: undefined }), 'assistant_id',
    "Missing required parameter: 'assistant_id'."],
  ['v.missing', message({ content: 'Hi' }), 'role',
    "Missing required parameter: 'role'."],
  ['v.missing', message({ role: 'user' }), 'content',
    "Missing required parameter: 'content'."],
  ['v.unknown', assistant({ file_ids: [] }), 'file_ids',
    "Unknown parameter: 'file_ids'."],
  ['v.unknown', message({ role: 'user', content: 'Hi', colour: 'red' }), 'colour',
    "Unknown parameter: 'colour'."],
  ['v.type', assistant({ name: true }), 'name',
    "Invalid type for 'name': expected a string, but got a boolean instead."],
  ['v.type', run({ parallel_tool_calls: 'yes' }), 'parallel_tool_calls',
    "Invalid type for 'parallel_tool_calls': expected a boolean, but got a string instead."],
  ['v.type', assistant({ tools: 'none' }), 'tools',
    "Invalid type for 'tools': expected an array of objects, but got a string instead."],
  ['v.enum', assistant({ tools: [{ type: 'retrieval' }] }), 'tools[0].type',
    "Invalid value: 'retrieval'. Supported values are: 'code_interpreter', 'function', and 'file_search'."],
  ['v.enum', list({ order: 'sideways' }), 'order',
    "Invalid value: 'sideways'. Supported values are: 'asc' and 'desc'."],
  ['v.role', message({ role: 'system', content: 'Hi' }), 'role',
    "Invalid value: 'system'. Supported values are: 'user' and 'assistant'."],
  ['v.strlen', assistant({ name: 'n'.repeat(257) }), 'name',
    "Invalid 'name': string too long. Expected a string with maximum length 256, but got a string with length 257 instead."],
  ['v.strlen', message({ role: 'user', content: 'c'.repeat(256_001) }), 'content',
    "Invalid 'content': string too long. Expected a string with maximum length 256000, but got a string with length 256001 instead."],
  ['v.arrmax', assistant({ tools: interpreters(129) }), 'tools',
    "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length 129 instead."],
  ['v.arrmax', run({ tools: interpreters(21) }), 'tools',
    "Invalid 'tools': array too long. Expected an array with maximum length 20, but got an array with length 21 instead."],
  ['v.intmin', list({ limit: 0 }), 'limit',
    "Invalid 'limit': integer below minimum value. Expected a value >= 1, but got 0 instead."],
  ['v.intmax', list({ limit: 101 }), 'limit',
    "Invalid 'limit': integer above maximum value. Expected a value <= 100, but got 101 instead."],
  ['v.intmin', run({ max_completion_tokens: 16 }), 'max_completion_tokens',
    "Invalid 'max_completion_tokens': integer below minimum value. Expected a value >= 256, but got 16 instead."],
  ['v.decmax', run({ temperature: 200 }), 'temperature',
    "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 200 instead."],
  ['v.decmin', assistant({ top_p: -0.5 }), 'top_p',
    "Invalid 'top_p': decimal below minimum value. Expected a value >= 0, but got -0.5 instead."],
  ['v.meta.count', assistant({ metadata: pairs(17) }), 'metadata',
    "Invalid 'metadata': too many properties. Expected an object with at most 16 properties, but got an object with 17 properties instead."],
  ['v.meta.key', assistant({ metadata: { [longKey]: 'v' } }), `metadata.${longKey}`,
    "Invalid property name in 'metadata': 'kkk...kkk' is too long. Expected a string with maximum length 64, but got a string with length 65 instead."],
  ['v.meta.value', assistant({ metadata: { long: 'v'.repeat(513) } }), 'metadata.long',
    "Invalid 'metadata.long': string too long. Expected a string with maximum length 512, but got a string with length 513 instead."],
  ['v.meta.type', assistant({ metadata: { done: true } }), 'metadata.done',
    "Invalid type for 'metadata.done': expected a string, but got a boolean instead."],
  ['v.meta.type', assistant({ metadata: { count: 3 } }), 'metadata.count',
    "Invalid type for 'metadata.count': expected a string, but got an integer instead."],
  ['v.meta.type', assistant({ metadata: { nothing: null } }), 'metadata.nothing',
    "Invalid type for 'metadata.nothing': expected a string, but got null instead."],
  ['v.fn.name', assistant({ tools: [functionTool('get weather')] }), 'tools[0].function.name',
    "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'."],
  ['v.content.empty', message({ role: 'user', content: '' }), null,
    'Message content must be non-empty.'],
  ['id.thread', (api) => api.threads.retrieve('undefined'), 'thread_id',
    "Invalid 'thread_id': 'undefined'. Expected an ID that begins with 'thread'."],
  ['id.assistant', run({ assistant_id: 'my-assistant' }), 'assistant_id',
    "Invalid 'assistant_id': 'my-assistant'. Expected an ID that begins with 'asst'."],
];

for (const [row, call, param, said] of cases) {
  test(`${row}: ${said.slice(0, 90)}`, async () => {
    const api = await connect('echo');
    const ids = await prepare(api, 'Hello');
    await refused(call(api, ids), 'BadRequestError', { param, code: codes[row], message: said });
  });
}

// Tool outputs are held against their form before anybody looks at the call ids.
const outputCases = [
  ['v.missing', () => [{ output: 'ok' }], 'tool_outputs[0].tool_call_id',
    "Missing required parameter: 'tool_outputs[0].tool_call_id'."],
  ['v.type', (id) => [{ tool_call_id: id, output: 12 }], 'tool_outputs[0].output',
    "Invalid type for 'tool_outputs[0].output': expected a string, but got an integer instead."],
  ['v.missing', () => undefined, 'tool_outputs',
    "Missing required parameter: 'tool_outputs'."],
];

for (const [row, outputs, param, said] of outputCases) {
  test(`${row}: ${said}`, async () => {
    const api = await connect('weather_tool');
    const { id, thread_id, ...waiting } = await ask(api, 'What is the weather in Oslo?');
    const body = { tool_outputs: outputs(callsOf(waiting)[0].id) };
    const submitted = api.runs.submitToolOutputs(thread_id, id, body);
    await refused(submitted, 'BadRequestError', { param, code: codes[row], message: said });
  });
}

test('metadata at its limits is taken', async () => {
  const api = await connect('echo');
  const keys = Array.from({ length: 16 }, (_, n) => `${n}`.padStart(64, 'k'));
  const metadata = Object.fromEntries(keys.map((key) => [key, 'v'.repeat(512)]));
  const { id } = await api.assistants.create({ model, metadata });
  assert.deepEqual((await api.assistants.retrieve(id)).metadata, metadata);
});
