// Uploads: parts that arrive in any order, completing with their order, bytes and md5 checked, ends.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, idsOf, refused } from './conversation.mjs';
import { fileOf } from './documents.mjs';

const texts = ['{"line": 1}\n', '{"line": 2, "word": "会議"}\n', '{"line": 3}\n'];
const whole = texts.join('');
const md5Of = (text) => createHash('md5').update(text).digest('hex');

const begin = (api, body = {}) =>
  api.uploads.create({
    filename: 'requests.jsonl',
    purpose: 'batch',
    bytes: Buffer.byteLength(whole),
    mime_type: 'application/jsonl',
    ...body,
  });
const addPart = async (api, upload, text) => api.parts.create(upload.id, { data: await fileOf(text, 'part') });

// An upload and the ids of its parts, in the order of `texts`; they are sent last to first.
async function withParts(api, body) {
  const upload = await begin(api, body);
  const part_ids = [];
  for (const text of texts.toReversed()) part_ids.unshift((await addPart(api, upload, text)).id);
  return { upload, part_ids };
}

test('an upload begins as pending and lives for an hour', async () => {
  const api = await connect('echo');
  const upload = await begin(api);
  assert.match(upload.id, /^upload_[0-9a-f]{32}$/);
  const { object, filename, purpose, bytes, status, created_at, expires_at } = upload;
  assert.deepEqual(
    [object, filename, purpose, bytes, status, expires_at],
    ['upload', 'requests.jsonl', 'batch', Buffer.byteLength(whole), 'pending', created_at + 3600],
  );
  const part = await addPart(api, upload, texts[0]);
  assert.match(part.id, /^part_[0-9a-f]{32}$/);
  assert.deepEqual([part.object, part.upload_id], ['upload.part', upload.id]);
  assert.deepEqual(await all(api.files.list()), []);
});

test('parts become a file in the order that completing names', async () => {
  const api = await connect('echo');
  const { upload, part_ids } = await withParts(api);
  const completed = await api.uploads.complete(upload.id, { part_ids, md5: md5Of(whole) });
  assert.deepEqual([completed.id, completed.status], [upload.id, 'completed']);
  const { file } = completed;
  assert.deepEqual(
    [file.object, file.filename, file.bytes, file.purpose, file.status],
    ['file', 'requests.jsonl', Buffer.byteLength(whole), 'batch', 'processed'],
  );
  assert.equal(await (await api.files.content(file.id)).text(), whole);
  assert.deepEqual(idsOf(await all(api.files.list())), [file.id]);
});

test('parts may be sent side by side', async () => {
  const api = await connect('echo');
  const upload = await begin(api);
  const parts = await Promise.all(texts.map((text) => addPart(api, upload, text)));
  const { file } = await api.uploads.complete(upload.id, { part_ids: idsOf(parts) });
  assert.equal(await (await api.files.content(file.id)).text(), whole);
});

test('a file may expire, counted from when its upload is completed', async () => {
  const api = await connect('echo');
  const { upload, part_ids } = await withParts(api, { expires_after: { anchor: 'created_at', seconds: 7200 } });
  const { file } = await api.uploads.complete(upload.id, { part_ids });
  assert.equal(file.expires_at, file.created_at + 7200);
});

// What is wrong with completing an upload: the row, the body, and the words.
const stranger = 'part_00000000000000000000000000000000';
const wrong = [
  ['upload.md5', (ids) => ({ part_ids: ids.toReversed(), md5: md5Of(whole) }), () => ({
    message: `The md5 of the parts is '${md5Of(texts.toReversed().join(''))}', but '${md5Of(whole)}' was given.`,
    param: 'md5',
  })],
  ['upload.bytes', (ids) => ({ part_ids: ids.slice(1) }), () => ({
    message: `The parts have ${Buffer.byteLength(texts.slice(1).join(''))} bytes in total, but the upload was created with ${Buffer.byteLength(whole)} bytes.`,
  })],
  ['upload.twice', ([first]) => ({ part_ids: [first, first] }), (_, [first]) => ({
    message: `The part '${first}' is named more than once.`,
    param: 'part_ids',
  })],
  ['upload.part', ([first]) => ({ part_ids: [first, stranger] }), (upload) => ({
    message: `No part found with id '${stranger}' in upload '${upload.id}'.`,
    param: 'part_ids',
  })],
];

for (const [row, bodyOf, refusalOf] of wrong) {
  test(`${row}: completing is refused, and can be tried again`, async () => {
    const api = await connect('echo');
    const { upload, part_ids } = await withParts(api);
    const refusal = refusalOf(upload, part_ids);
    await refused(api.uploads.complete(upload.id, bodyOf(part_ids)), 'BadRequestError', refusal);
    assert.deepEqual(await all(api.files.list()), []);
    assert.equal((await api.uploads.complete(upload.id, { part_ids })).status, 'completed');
  });
}

// upload.status
test('an upload that has ended takes nothing more', async () => {
  const api = await connect('echo');
  const takesNothing = async (upload, part_ids, status) => {
    const refusal = (act) => ({ message: `Cannot ${act} upload with status '${status}'.` });
    await refused(addPart(api, upload, 'more'), 'BadRequestError', refusal('add parts to'));
    await refused(api.uploads.complete(upload.id, { part_ids }), 'BadRequestError', refusal('complete'));
    await refused(api.uploads.cancel(upload.id), 'BadRequestError', refusal('cancel'));
  };
  const completed = await withParts(api);
  await api.uploads.complete(completed.upload.id, { part_ids: completed.part_ids });
  await takesNothing(completed.upload, completed.part_ids, 'completed');

  const cancelled = await withParts(api);
  const { id, status } = await api.uploads.cancel(cancelled.upload.id);
  assert.deepEqual([id, status], [cancelled.upload.id, 'cancelled']);
  await takesNothing(cancelled.upload, cancelled.part_ids, 'cancelled');

  const expired = await withParts(api);
  await api.advance('1h');
  await takesNothing(expired.upload, expired.part_ids, 'expired');
});

test('nf.upload and upload.mime', async () => {
  const api = await connect('echo');
  const unknown = 'upload_00000000000000000000000000000000';
  await refused(api.uploads.cancel(unknown), 'NotFoundError', { message: `No upload found with id '${unknown}'.` });
  const picture = { filename: 'cat.png', purpose: 'vision', mime_type: 'text/plain' };
  await refused(begin(api, picture), 'BadRequestError', {
    message: "Invalid 'mime_type': 'text/plain' is not supported for purpose 'vision'.",
    param: 'mime_type',
    code: 'invalid_value',
  });
});
