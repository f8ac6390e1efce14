// The schema check must find what is wrong; each case breaks one thing in a good exchange.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { SchemaCheck, checkDirectories, findSchema, readSchema } from './schema_check.mjs';

const thread = { id: 'thread_1', object: 'thread', created_at: 1, metadata: {}, tool_resources: {} };
const list = { object: 'list', data: [], first_id: null, last_id: null, has_more: false };
const assistant = {
  id: 'asst_1', object: 'assistant', created_at: 1, name: null, description: null, model: 'gpt-4o',
  instructions: null, tools: [], metadata: {}, top_p: 1, temperature: 1, response_format: 'auto',
};
const error = { error: { message: 'No.', type: 'invalid_request_error', param: null, code: null } };
const run = {
  id: 'run_1', object: 'thread.run', created_at: 1, assistant_id: 'asst_1', thread_id: 'thread_1', status: 'queued',
  started_at: null, expires_at: 601, cancelled_at: null, failed_at: null, completed_at: null, required_action: null,
  last_error: null, model: 'gpt-4o', instructions: null, tools: [], metadata: {}, temperature: 1, top_p: 1,
  max_completion_tokens: null, max_prompt_tokens: null, truncation_strategy: { type: 'auto', last_messages: null },
  incomplete_details: null, usage: null, response_format: 'auto', tool_choice: 'auto', parallel_tool_calls: true,
};
const store = {
  id: 'vs_1', object: 'vector_store', created_at: 1, name: 'Foods', usage_bytes: 0, status: 'completed',
  file_counts: { in_progress: 0, completed: 0, failed: 0, cancelled: 0, total: 0 },
  last_active_at: 1, metadata: {},
};
const storeAnswer = (body) => ({ method: 'GET', path: '/v1/vector_stores/vs_1', status: 200, body });
const download = (body) => ({ method: 'GET', path: '/v1/files/file-1/content', status: 200, body });
const threadAnswer = (body) => ({ method: 'GET', path: '/v1/threads/thread_1', status: 200, body });
const runAnswer = (body) => ({ method: 'GET', path: '/v1/threads/thread_1/runs/run_1?x=1', status: 200, body });
const listAnswer = (body) => ({ method: 'GET', path: '/tenant/a/v1/assistants', status: 200, body });
const refusal = (body) => ({ method: 'GET', path: '/v1/nothing', status: 404, body });
const stream = (...events) => ({ method: 'POST', path: '/threads/runs', status: 200, events });

const good = [
  threadAnswer(thread),
  threadAnswer({ ...thread, beyond: 'the schema' }),
  listAnswer(list),
  listAnswer({ ...list, data: [assistant], first_id: 'asst_1', last_id: 'asst_1' }),
  runAnswer(run),
  runAnswer({ ...run, last_error: { code: 'invalid_image_url', message: 'No.' } }),
  runAnswer({ ...run, incomplete_details: { reason: 'content_filter' } }),
  storeAnswer(store),
  storeAnswer({ ...store, name: null, expires_after: null, expires_at: null }),
  download('\u0000\u00ff\r\n'),
  refusal(error),
  stream({ event: 'thread.created', data: thread }, { event: 'thread.run.created', data: run }, { event: 'done', data: '[DONE]' }),
];

// What is wrong, and a piece of what must be said of it.
const bad = [
  [threadAnswer({ ...thread, metadata: 5 }), 'GET /threads/{thread_id}: /metadata must be object'],
  [threadAnswer({ ...thread, id: undefined }), "must have required property 'id'"],
  [threadAnswer({ ...thread, created_at: 1.5 }), '/created_at must be integer; it is 1.5'],
  [threadAnswer({ ...thread, object: 'thred' }), '/object must be one of "thread"; it is "thred"'],
  [listAnswer({ ...list, data: [assistant] }), '/first_id must be string; it is null'],
  [listAnswer({ ...list, data: [{ ...assistant, name: 7 }], first_id: 'a', last_id: 'a' }), '/data/0/name must be'],
  [runAnswer({ ...run, model: null }), '/model must be string; it is null'],
  [runAnswer({ ...run, last_error: { code: 'bad_luck', message: 'No.' } }), '/last_error/code must be one of'],
  [runAnswer({ ...run, status: 'done' }), '/status must be one of'],
  [storeAnswer({ ...store, status: 'failed' }), '/status must be one of'],
  [storeAnswer({ ...store, file_counts: { total: 0 } }), "/file_counts must have required property 'failed'"],
  [download({ bytes: 'no text' }), 'GET /files/{file_id}/content: (the whole body) must be string'],
  [refusal({ message: 'No.' }), "must have required property 'error'"],
  [refusal({ error: { ...error.error, param: 3 } }), 'GET /nothing answering 404: /error/param must be'],
  [{ ...refusal(thread), status: 200 }, 'no such operation'],
  [stream({ event: 'thread.runs.created', data: run }), 'no event "thread.runs.created"'],
  [stream({ event: 'thread.run.created', data: { ...run, usage: 0 } }), 'event thread.run.created: /usage must be'],
  [stream({ event: 'done', data: 'DONE' }), 'event done'],
];

const file = findSchema();
const skip = file ? false : 'there is no schema here';
const schema = file && readSchema(file);

for (const exchange of good) {
  test(`passes: ${JSON.stringify(exchange).slice(0, 90)}`, { skip }, () => {
    const check = new SchemaCheck(schema);
    check.add(exchange);
    assert.deepEqual(check.failures, []);
    assert.equal(check.documents, exchange.events?.length ?? 1);
  });
}

for (const [exchange, said] of bad) {
  test(`finds: ${said}`, { skip }, () => {
    const check = new SchemaCheck(schema);
    check.add(JSON.parse(JSON.stringify(exchange)));
    assert.ok(check.failures.length > 0, 'nothing was found');
    assert.ok(check.failures.some((line) => line.includes(said)), check.failures.join('\n'));
  });
}

async function checkFile(text) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'schema-check-'));
  const said = [];
  try {
    fs.writeFileSync(path.join(directory, 'some.jsonl'), text);
    return { passed: await checkDirectories([directory], (line) => said.push(line)), said: said.join('\n') };
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

test('a directory of exchanges is checked line by line', { skip }, async () => {
  const lines = [threadAnswer(thread), threadAnswer({ ...thread, metadata: 5 }), threadAnswer({ ...thread, metadata: 6 })];
  const { passed, said } = await checkFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  assert.equal(passed, false);
  assert.match(said, /3 documents of 1 operations/);
  assert.match(said, /\/metadata must be object; it is 5 \(and 1 more like it\)/);
});

test('a check of nothing fails', { skip }, async () => {
  assert.equal((await checkFile('')).passed, false);
});

test('a line that is no exchange is named', { skip }, async () => {
  const { passed, said } = await checkFile(`${JSON.stringify(threadAnswer(thread))}\nnot json\n`);
  assert.equal(passed, false);
  assert.match(said, /some\.jsonl:2: not an exchange/);
});
