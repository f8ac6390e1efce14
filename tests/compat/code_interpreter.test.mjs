// Code that the service runs: its steps, its images and files, beside searches and functions.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, callsOf, functionTool, idsOf, outputsFor, prepare, refused, streamsOf, textOf } from './conversation.mjs';
import { annotationsOf, assertOffsets, contentOf, plainStep } from './citations.mjs';
import { uploaded } from './documents.mjs';
import { rowOf, rows } from './event_rows.mjs';
import { sizeOfPng } from './png.mjs';

const tools = [{ type: 'code_interpreter' }];
const hosted = [...tools, { type: 'file_search' }];
const downloaded = async (api, id) => Buffer.from(await (await api.files.content(id)).arrayBuffer());

async function polled(api, text, assistant = { tools }) {
  const { thread_id, assistant_id } = await prepare(api, text, assistant);
  return api.runs.createAndPoll(thread_id, { assistant_id });
}

async function leftBy(api, { thread_id, id }) {
  const messages = await all(api.messages.list(thread_id, { run_id: id, order: 'asc' }));
  const steps = await all(api.steps.list(thread_id, id, { order: 'asc' }));
  return { messages, steps };
}

test('code_interpreter_plot: code, what it prints, and a picture that can be downloaded', async () => {
  const api = await connect('code_interpreter_plot');
  const run = await polled(api, 'Plot it');
  assert.equal(run.status, 'completed');
  const { messages: [message], steps } = await leftBy(api, run);
  assert.deepEqual(steps.map(({ type, status }) => [type, status]), [
    ['tool_calls', 'completed'], ['message_creation', 'completed'],
  ]);
  const [{ id, type, code_interpreter }] = steps[0].step_details.tool_calls;
  assert.match(id, /^call_[A-Za-z0-9]{24}$/);
  assert.equal(type, 'code_interpreter');
  assert.match(code_interpreter.input, /data\.plot\(\)\n/);
  const [logs, drawn] = code_interpreter.outputs;
  assert.deepEqual([logs, drawn.type], [{ type: 'logs', logs: '3.75' }, 'image']);
  const [picture, text] = message.content;
  assert.deepEqual(picture, { type: 'image_file', image_file: { file_id: drawn.image.file_id, detail: 'auto' } });
  assert.equal(text.text.value, 'The mean is 3.75.');

  const file = await api.files.retrieve(drawn.image.file_id);
  assert.deepEqual([file.purpose, file.filename], ['assistants_output', 'plot.png']);
  const bytes = await downloaded(api, file.id);
  assert.equal(bytes.length, file.bytes);
  const { width, height } = sizeOfPng(bytes);
  assert.ok(width > 1 && height > 1);
  assert.deepEqual(idsOf(await all(api.files.list({ purpose: 'assistants_output' }))), [file.id]);
});

// Row G, read with the SDK's helpers.
test('code_interpreter_plot: streamed code is what is read later', async () => {
  const api = await connect('code_interpreter_plot');
  const { assistant_id, thread_id } = await prepare(api, 'Plot it', { tools });
  const stream = api.runs.stream(thread_id, { assistant_id });
  const told = [];
  const once = ['toolCallCreated', 'toolCallDone', 'imageFileDone', 'textCreated', 'textDone', 'messageDone'];
  for (const name of once) stream.on(name, () => told.push(name));
  const code = [];
  const outputs = [];
  const pictures = [];
  stream.on('toolCallDelta', ({ code_interpreter: delta }) => {
    if (delta.input !== undefined) code.push(delta.input);
    outputs.push(...(delta.outputs ?? []).map(({ type }) => type));
  });
  stream.on('imageFileDone', ({ file_id }) => pictures.push(file_id));
  const streamed = { messages: await stream.finalMessages(), steps: await stream.finalRunSteps() };
  const run = await stream.finalRun();
  const read = await leftBy(api, run);
  const [{ code_interpreter }] = read.steps[0].step_details.tool_calls;
  assert.deepEqual([...new Set(told)].toSorted(), once.toSorted());
  assert.equal(new Set(told).size, told.length);
  assert.ok(code.length > 1, 'the code comes in pieces');
  assert.deepEqual([code.join(''), outputs], [code_interpreter.input, ['logs', 'image']]);
  assert.deepEqual(pictures, [code_interpreter.outputs[1].image.file_id]);
  assert.deepEqual(streamed.messages.map(contentOf), read.messages.map(contentOf));
  assert.deepEqual(streamed.steps.map(plainStep), read.steps.map(plainStep));
  assert.deepEqual((await streamsOf(api)).map(rowOf), [rows.G]);
  sizeOfPng(await downloaded(api, pictures[0]));
});

for (const how of ['polled', 'streamed']) {
  test(`code_interpreter_file_link, ${how}: a link leads to a file by its annotation`, async () => {
    const api = await connect('code_interpreter_file_link');
    const { assistant_id, thread_id } = await prepare(api, 'A report, please', { tools });
    const run = how === 'polled'
      ? await api.runs.createAndPoll(thread_id, { assistant_id })
      : await api.runs.stream(thread_id, { assistant_id }).finalRun();
    const { messages: [message] } = await leftBy(api, run);
    const [link, ...others] = annotationsOf(message);
    assert.deepEqual([link.type, link.text, others], ['file_path', 'sandbox:/mnt/data/report.csv', []]);
    assert.ok(textOf(message).includes(`(${link.text})`));
    assertOffsets(message);
    const { file_id } = link.file_path;
    const { filename, purpose } = await api.files.retrieve(file_id);
    assert.deepEqual([filename, purpose], ['report.csv', 'assistants_output']);
    assert.equal((await downloaded(api, file_id)).toString(), 'city,high\nOslo,12\n');
  });
}

// Row "I, code".
test('code_interpreter_fails: a failed step keeps half of a call', async () => {
  const api = await connect('code_interpreter_fails');
  const { assistant_id, thread_id } = await prepare(api, 'Run it', { tools });
  const run = await api.runs.stream(thread_id, { assistant_id }).finalRun();
  assert.deepEqual([run.status, run.last_error.code], ['failed', 'server_error']);
  const { messages, steps: [step] } = await leftBy(api, run);
  assert.deepEqual([messages, step.status, step.last_error], [[], 'failed', run.last_error]);
  const [{ code_interpreter }] = step.step_details.tool_calls;
  assert.match(code_interpreter.input, /^while True/);
  assert.deepEqual((await streamsOf(api)).map(rowOf), [rows['I, code']]);
});

const mixed = [...hosted, functionTool('get_weather')];
const weather = () => JSON.stringify({ temperature: '12 C' });
const kindsOf = (step) => step.step_details.tool_calls.map(({ type }) => type);

test('mixed_hosted_and_function: only the function waits for its client', async () => {
  const api = await connect('mixed_hosted_and_function');
  const waiting = await polled(api, 'And the weather?', { tools: mixed });
  assert.equal(waiting.status, 'requires_action');
  assert.deepEqual(callsOf(waiting).map(({ type, function: { name } }) => [type, name]), [['function', 'get_weather']]);
  const { steps: [open] } = await leftBy(api, waiting);
  assert.deepEqual([open.status, kindsOf(open)], ['in_progress', ['file_search', 'function', 'code_interpreter']]);
  const [search, called, code] = open.step_details.tool_calls;
  assert.equal(search.file_search.results[0].file_name, 'cities.txt');
  assert.equal(called.function.output, null);
  assert.deepEqual(code.code_interpreter.outputs, [{ type: 'logs', logs: '54' }]);

  const outputs = outputsFor(waiting, weather);
  const run = await api.runs.submitToolOutputsAndPoll(waiting.thread_id, waiting.id, outputs);
  const { messages: [message], steps: [done] } = await leftBy(api, run);
  assert.deepEqual([run.status, done.id, done.status], ['completed', open.id, 'completed']);
  assert.deepEqual(idsOf(done.step_details.tool_calls), idsOf(open.step_details.tool_calls));
  assert.equal(done.step_details.tool_calls[1].function.output, weather());
  assert.match(textOf(message), /12 C/);
  assert.equal(annotationsOf(message).length, 1);
  assertOffsets(message);
});

// Rows "G, H, C" and "G, H, D".
test('mixed_hosted_and_function: streamed over both requests', async () => {
  const api = await connect('mixed_hosted_and_function');
  const { assistant_id, thread_id } = await prepare(api, 'And the weather?', { tools: mixed });
  const first = api.runs.stream(thread_id, { assistant_id });
  const kinds = [];
  first.on('toolCallCreated', ({ type }) => kinds.push(type));
  const waiting = await first.finalRun();
  assert.deepEqual(kinds, ['file_search', 'function', 'code_interpreter']);
  const second = api.runs.submitToolOutputsStream(thread_id, waiting.id, outputsFor(waiting, weather));
  const messages = await second.finalMessages();
  const run = await second.finalRun();
  const read = await leftBy(api, run);
  assert.deepEqual(messages.map(contentOf), read.messages.map(contentOf));
  assert.deepEqual((await streamsOf(api)).map(rowOf), [rows['G, H, C'], rows['G, H, D']]);
});

test('files of the code interpreter are those of its assistant and its thread', async () => {
  const api = await connect('code_interpreter_plot');
  const [one, two] = [await uploaded(api, 'one.csv', 'a\n1\n'), await uploaded(api, 'two.csv', 'b\n2\n')];
  const tool_resources = { code_interpreter: { file_ids: [one] } };
  const assistant = await api.assistants.create({ model: 'gpt-4o', tools, tool_resources });
  assert.deepEqual(assistant.tool_resources, tool_resources);
  const attachments = [{ file_id: two, tools }];
  const thread = await api.threads.create({ messages: [{ role: 'user', content: 'Plot it', attachments }] });
  const read = await api.threads.retrieve(thread.id);
  assert.deepEqual(read.tool_resources, { code_interpreter: { file_ids: [two] } });
  const run = await api.runs.createAndPoll(thread.id, { assistant_id: assistant.id });
  assert.equal(run.status, 'completed');
});

test('a picture is deleted like any other file', async () => {
  const api = await connect('code_interpreter_plot');
  const run = await polled(api, 'Plot it');
  const { messages: [message] } = await leftBy(api, run);
  const [{ image_file: { file_id } }] = message.content;
  assert.equal((await api.files.delete(file_id)).deleted, true);
  await refused(api.files.content(file_id), 'NotFoundError', { message: `No such File object: ${file_id}`, param: 'id' });
  assert.equal((await api.messages.retrieve(run.thread_id, message.id)).content[0].image_file.file_id, file_id);
});
