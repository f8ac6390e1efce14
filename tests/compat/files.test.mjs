// Files: the ways of handing one over, reading, listing, downloading and deleting it, and refusals.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { connect, sdk } from './sdk.mjs';
import { all, idsOf, refused } from './conversation.mjs';
import { fileOf, uploaded } from './documents.mjs';

// Every byte there is, lines that look like the boundaries of a form, and more than a socket's buffer.
const bytes = Buffer.concat([
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  Buffer.from('\r\n--form-data-boundary\r\n\r\n------formdata-undici-0\r\n--openai-\r\n'),
  Buffer.alloc(300_000, 'åbc'),
]);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'files-'));
test.after(() => fs.rmSync(directory, { recursive: true }));

function onDisk(name, content = bytes) {
  const file = path.join(directory, name);
  fs.writeFileSync(file, content);
  return file;
}

async function* inPieces() {
  for (let begin = 0; begin < bytes.length; begin += 100_000) yield bytes.subarray(begin, begin + 100_000);
}

const handedOver = {
  'a read stream': (name) => fs.createReadStream(onDisk(name)),
  'a buffer': (name) => sdk.toFile(bytes, name),
  'an array of bytes': (name) => sdk.toFile(new Uint8Array(bytes), name),
  'a File': (name) => new File([bytes], name, { type: 'application/jsonl' }),
  'a Blob': (name) => sdk.toFile(new Blob([bytes]), name),
  'a response': (name) => sdk.toFile(new Response(bytes), name),
  'an iterable of pieces': (name) => sdk.toFile(inPieces(), name),
};

// The purpose lets its owner download it again.
for (const [what, make] of Object.entries(handedOver)) {
  test(`${what} comes back byte for byte`, async () => {
    const api = await connect('echo');
    const file = await api.files.create({ file: await make('all bytes.jsonl'), purpose: 'batch' });
    assert.match(file.id, /^file-[A-Za-z0-9]{22}$/);
    assert.deepEqual(
      [file.object, file.filename, file.bytes, file.purpose, file.status],
      ['file', 'all bytes.jsonl', bytes.length, 'batch', 'processed'],
    );
    assert.deepEqual({ ...(await api.files.retrieve(file.id)) }, { ...file });
    const content = await api.files.content(file.id);
    assert.equal(content.headers.get('content-type'), 'application/octet-stream');
    assert.ok(Buffer.from(await content.arrayBuffer()).equals(bytes));
  });
}

const names = ['my notes.txt', 'says "hello".txt', 'Übersicht 会議 🍣.md', '100% sure; a=b.txt', "it's here"];

for (const name of names) {
  test(`a file keeps its name: ${name}`, async () => {
    const api = await connect('echo');
    const sent = [fs.createReadStream(onDisk(name, 'Hello')), await fileOf('Hello', name)];
    for (const file of sent) {
      const { id } = await api.files.create({ file, purpose: 'assistants' });
      assert.equal((await api.files.retrieve(id)).filename, name);
    }
  });
}

test('a file expires when it was told to', async () => {
  const api = await connect('echo');
  const { id, created_at, expires_at } = await api.files.create({
    file: await fileOf('Hello', 'brief.txt'),
    purpose: 'assistants',
    expires_after: { anchor: 'created_at', seconds: 3600 },
  });
  assert.equal(expires_at, created_at + 3600);
  await api.files.retrieve(id);
  await api.advance('1h');
  await refused(api.files.retrieve(id), 'NotFoundError', { message: `No such File object: ${id}`, param: 'id' });
});

test('waitForProcessing has nothing to wait for', async () => {
  const api = await connect('echo');
  const id = await uploaded(api, 'notes.txt', 'Hello');
  assert.equal((await api.files.waitForProcessing(id)).status, 'processed');
  assert.equal((await api.wire()).length, 2);
});

test('files are paged through, newest first unless asked otherwise, and by purpose', async () => {
  const api = await connect('echo');
  const ids = [];
  for (let number = 0; number < 5; number++) ids.push(await uploaded(api, `${number}.txt`, `Number ${number}`));
  const picture = await uploaded(api, 'cat.png', 'not really one', 'vision');
  const batch = await uploaded(api, 'requests.jsonl', '{}\n', 'batch');
  assert.deepEqual(idsOf(await all(api.files.list())), [batch, picture, ...ids.toReversed()]);
  const pages = api.files.list({ limit: 2, order: 'asc', purpose: 'assistants' });
  assert.deepEqual(idsOf(await all(pages)), ids);
  assert.deepEqual(idsOf(await all(api.files.list({ purpose: 'vision' }))), [picture]);
  assert.deepEqual(await all(api.files.list({ purpose: 'no such' })), []);
  const page = await api.files.list({ after: ids[3], limit: 2 });
  assert.deepEqual(idsOf(page.data), [ids[2], ids[1]]);
});

// nf.file
test('a file is deleted once', async () => {
  const api = await connect('echo');
  const id = await uploaded(api, 'notes.txt', 'Hello');
  const gone = { message: `No such File object: ${id}`, param: 'id' };
  assert.deepEqual({ ...(await api.files.delete(id)) }, { object: 'file', deleted: true, id });
  for (const call of [api.files.delete, api.files.retrieve, api.files.content]) {
    await refused(call(id), 'NotFoundError', gone);
  }
  assert.deepEqual(await all(api.files.list()), []);
});

// f.download
test('what was uploaded for assistants to read is not given out', async () => {
  const api = await connect('echo');
  for (const [purpose, name] of [['assistants', 'notes.txt'], ['vision', 'cat.png'], ['user_data', 'notes.txt']]) {
    const id = await uploaded(api, name, 'Hello', purpose);
    await refused(api.files.content(id), 'BadRequestError', {
      message: `Not allowed to download files of purpose: ${purpose}`,
    });
  }
});

const extensions = [
  'c', 'cpp', 'css', 'csv', 'docx', 'gif', 'go', 'html', 'java', 'jpeg', 'jpg', 'js', 'json', 'md', 'pdf', 'php', 'pkl',
  'png', 'pptx', 'py', 'rb', 'tar', 'tex', 'ts', 'txt', 'webp', 'xlsx', 'xml', 'zip',
];

// Row, what is sent beside a text of a few bytes, and the refusal.
const refusals = [
  ['f.purpose', { purpose: 'world_domination' }, {
    message: "'world_domination' is not one of ['fine-tune', 'assistants', 'batch', 'user_data', 'vision', 'evals'] - 'purpose'",
    param: 'purpose',
  }],
  ['f.extension', { file: ['Hello', 'macro.vb'] }, {
    message: `Invalid extension vb. Supported formats: ${extensions.map((word) => `"${word}"`).join(', ')}`,
  }],
  ['f.jsonl', { file: ['{}', 'requests.json'], purpose: 'batch' }, {
    message: 'Invalid file format for Batch API. Must be .jsonl',
  }],
  ['f.empty', { file: ['', 'empty.txt'] }, { message: 'File is empty.' }],
  ['f.expires', { expires_after: { anchor: 'created_at', seconds: 60 } }, {
    message: "60 is less than the minimum of 3600 - 'expires_after.seconds'",
    param: 'expires_after.seconds',
  }],
  ['f.nofile, file', { file: undefined }, { message: "'file' is a required property", param: 'file' }],
  ['f.nofile, purpose', { purpose: undefined }, { message: "'purpose' is a required property", param: 'purpose' }],
  ['f.unknown', { name: 'Notes' }, { message: "Additional properties are not allowed ('name' was unexpected)" }],
];

for (const [row, sent, refusal] of refusals) {
  test(`${row}: ${refusal.message.slice(0, 60)}`, async () => {
    const api = await connect('echo');
    const { file, ...fields } = { file: ['Hello', 'notes.txt'], purpose: 'assistants', ...sent };
    const body = { ...(file && { file: await fileOf(...file) }), ...fields };
    await refused(api.files.create(body), 'BadRequestError', refusal);
    assert.deepEqual(await all(api.files.list()), []);
  });
}
