// Files of a vector store: attached, polled, listed by status, read, given attributes, taken out.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect, sdk, version } from './sdk.mjs';
import { all, idsOf, refused } from './conversation.mjs';
import { assertCountersAddUp, countsOf, fileOf, storeOf, uploaded } from './documents.mjs';

const newStore = async (api, body = {}) => (await api.vectorStores.create(body)).id;
const noFile = (file, store) => ({ message: `No file found with id '${file}' in vector store '${store}'.` });
const split = { type: 'static', static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 50 } };
const usual = { type: 'static', static: { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 } };

test('a file is attached, and indexed a second later', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const id = await uploaded(api, 'notes.txt', 'Hello, vector stores.');
  const attached = await api.storeFiles.create(store, { file_id: id });
  const { object, vector_store_id, status, usage_bytes, last_error, chunking_strategy, attributes } = attached;
  assert.deepEqual(
    [attached.id, object, vector_store_id, status, usage_bytes, last_error, chunking_strategy, attributes],
    [id, 'vector_store.file', store, 'in_progress', 0, null, usual, {}],
  );
  const indexed = await api.storeFiles.retrieve(store, id);
  assert.deepEqual([indexed.status, indexed.usage_bytes], ['completed', 21 + 1024]);
  assert.equal((await api.vectorStores.retrieve(store)).usage_bytes, 21 + 1024);
});

test("the SDK's helpers wait until the file is completed", async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const file_id = await uploaded(api, 'a.txt', 'One');
  const attributes = { page: 1, draft: false, author: 'Ada' };
  const created = await api.storeFiles.createAndPoll(store, { file_id, attributes, chunking_strategy: split });
  assert.deepEqual(
    [created.id, created.status, created.attributes, created.chunking_strategy],
    [file_id, 'completed', attributes, split],
  );
  const added = await api.storeFiles.uploadAndPoll(store, await fileOf('Two', 'b.txt'));
  assert.equal(added.status, 'completed');
  const attached = await api.storeFiles.upload(store, await fileOf('Three', 'c.txt'));
  assert.equal(attached.status, 'in_progress');
  const polled = await api.storeFiles.poll(store, attached.id);
  assert.deepEqual([polled.id, polled.status], [attached.id, 'completed']);
  assert.deepEqual(countsOf(await api.vectorStores.retrieve(store)), [0, 3, 0, 0, 3]);
  await assertCountersAddUp(api);
});

// hdr.poll: without it the pollers would sleep for 5 seconds.
test('answers to polls carry the hint that the pollers obey', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const { id } = await api.storeFiles.upload(store, await fileOf('One', 'a.txt'));
  const answer = await api.storeFiles.retrieve(store, id).asResponse();
  assert.equal(answer.headers.get('openai-poll-after-ms'), '1');
});

test('attributes are replaced', async () => {
  const api = await connect('echo');
  const { store, ids } = await storeOf(api, { 'a.txt': 'One' });
  const id = ids['a.txt'];
  const attributes = { year: 2024, draft: true, author: '会議' };
  const updated = await api.storeFiles.update(store.id, id, { attributes });
  assert.deepEqual([updated.id, updated.attributes], [id, attributes]);
  assert.deepEqual({ ...(await api.storeFiles.retrieve(store.id, id)) }, { ...updated });
  await api.storeFiles.update(store.id, id, { attributes: { draft: false } });
  assert.deepEqual((await api.storeFiles.retrieve(store.id, id)).attributes, { draft: false });
});

test('the text of a file is read once it is completed', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const page = '<html><head><style>p {}</style></head><body><p>Caf&eacute; &amp; bar</p></body></html>';
  const { id } = await api.storeFiles.upload(store, await fileOf(page, 'page.html'));
  await api.storeFiles.poll(store, id);
  const content = await all(api.storeFiles.content(store, id));
  assert.deepEqual(content.map(({ type }) => type), ['text']);
  assert.equal(content[0].text.trim(), 'Café & bar');
});

test('files are listed by status, and paged through', async () => {
  const api = await connect('batch_with_failures');
  const texts = Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`${number}.txt`, `Number ${number}`]));
  const { store, ids } = await storeOf(api, { ...texts, 'broken.txt': 'No' });
  const failed = [ids['broken.txt']];
  const list = async (query) => idsOf(await all(api.storeFiles.list(store.id, query)));
  const completed = await list({ filter: 'completed', order: 'asc', limit: 2 });
  assert.deepEqual(completed, Object.keys(texts).map((name) => ids[name]));
  assert.deepEqual(await list({ filter: 'failed' }), failed);
  assert.deepEqual(await list({ filter: 'in_progress' }), []);
  assert.deepEqual(await list({ filter: 'cancelled' }), []);
  assert.deepEqual(await list(), [...failed, ...completed.toReversed()]);
  await refused(api.storeFiles.list(store.id, { filter: 'done' }), 'BadRequestError', {
    message: "Invalid value: 'done'. Supported values are: 'in_progress', 'completed', 'failed', and 'cancelled'.",
    param: 'filter',
    code: 'invalid_value',
  });
});

test('what is wrong with a file shows once it has been read', async () => {
  const api = await connect('batch_with_failures');
  const store = await newStore(api);
  const fails = async (name, content, expected) => {
    const file = await api.storeFiles.uploadAndPoll(store, await sdk.toFile(content, name));
    assert.deepEqual([file.status, file.last_error], ['failed', expected]);
  };
  await fails('old.doc', Buffer.from('Hello'), { code: 'unsupported_file', message: 'The file type is not supported.' });
  const unreadable = { code: 'invalid_file', message: 'The file could not be parsed.' };
  await fails('bytes.txt', Buffer.from([0xff, 0x00, 0xc3]), unreadable);
  await fails('broken.txt', Buffer.from('Hello'), {
    code: 'invalid_file', message: 'The file could not be parsed because it is too large.',
  });
  const seen = await api.vectorStores.retrieve(store);
  assert.deepEqual([seen.status, countsOf(seen), seen.usage_bytes], ['completed', [0, 0, 3, 0, 3], 0]);
});

// nf.vsfile
test('a file is taken out of its store once, and stays a file', async () => {
  const api = await connect('echo');
  const { store, ids } = await storeOf(api, { 'a.txt': 'One', 'b.txt': 'Two' });
  const id = ids['a.txt'];
  assert.deepEqual(
    { ...(await api.storeFiles.delete(store.id, id)) },
    { id, object: 'vector_store.file.deleted', deleted: true },
  );
  const calls = [
    api.storeFiles.retrieve,
    api.storeFiles.delete,
    api.storeFiles.content,
    (...place) => api.storeFiles.update(...place, { attributes: {} }),
  ];
  for (const call of calls) await refused(call(store.id, id), 'NotFoundError', noFile(id, store.id));
  assert.deepEqual(countsOf(await api.vectorStores.retrieve(store.id)), [0, 1, 0, 0, 1]);
  assert.equal((await api.files.retrieve(id)).id, id);
  const again = await api.storeFiles.createAndPoll(store.id, { file_id: id });
  assert.equal(again.status, 'completed');
});

const unknownStore = `vs_${'0'.repeat(32)}`;
const unknownFile = `file-${'0'.repeat(22)}`;
const wrongAttribute = (path, what, code) => ({ message: what, param: path, code });

// Row, class and words of the refusal, and the call.
const refusals = [
  ['nf.vs', 'NotFoundError', { message: `No vector store found with id '${unknownStore}'.` },
    (api, _, file_id) => api.storeFiles.create(unknownStore, { file_id })],
  ['nf.vs, of a list', 'NotFoundError', { message: `No vector store found with id '${unknownStore}'.` },
    (api) => api.storeFiles.list(unknownStore)],
  ['nf.files-in-body', 'NotFoundError', { message: `The following file IDs were not found: ${unknownFile}.` },
    (api, store) => api.storeFiles.create(store, { file_id: unknownFile })],
  ['v.intmin', 'BadRequestError', wrongAttribute(
    'chunking_strategy.static.max_chunk_size_tokens',
    "Invalid 'chunking_strategy.static.max_chunk_size_tokens': integer below minimum value. Expected a value >= 100, but got 50 instead.",
    'integer_below_min_value',
  ), (api, store, file_id) => api.storeFiles.create(store, {
    file_id, chunking_strategy: { type: 'static', static: { max_chunk_size_tokens: 50, chunk_overlap_tokens: 0 } },
  })],
];

for (const [row, className, refusal, call] of refusals) {
  test(`${row}: attaching is refused`, async () => {
    const api = await connect('echo');
    const store = await newStore(api);
    const file_id = await uploaded(api, 'a.txt', 'One');
    await refused(call(api, store, file_id), className, refusal);
    assert.deepEqual(await all(api.storeFiles.list(store)), []);
  });
}

// f.retrieval
test('what cannot be searched is refused when it is attached', async () => {
  const api = await connect('echo');
  const file_id = await uploaded(api, 'picture.png', 'not really one');
  await refused(api.storeFiles.create(await newStore(api), { file_id }), 'BadRequestError', {
    message:
      'Files with extensions [.png] are not supported for retrieval. See ' +
      'https://platform.openai.com/docs/assistants/tools/file-search/supported-files',
    param: 'file_ids',
    code: 'unsupported_file',
  });
});

// The scenarios of what the service was seen to do wrong.

test('not_found_right_after_attach: asking again helps', async () => {
  const api = await connect('not_found_right_after_attach');
  const store = await newStore(api);
  const file_id = await uploaded(api, 'a.txt', 'One');
  await refused(api.storeFiles.createAndPoll(store, { file_id }), 'NotFoundError', noFile(file_id, store));
  await refused(api.storeFiles.poll(store, file_id), 'NotFoundError', noFile(file_id, store));
  assert.equal((await api.storeFiles.poll(store, file_id)).status, 'completed');
});

test('counters_lag: a store tells what was true a moment ago', async () => {
  const api = await connect('counters_lag');
  const store = await newStore(api);
  const file_id = await uploaded(api, 'a.txt', 'One');
  const total = async () => (await api.vectorStores.retrieve(store)).file_counts.total;
  await api.storeFiles.create(store, { file_id });
  assert.equal(await total(), 0);
  assert.equal((await api.storeFiles.retrieve(store, file_id)).status, 'completed');
  assert.equal(await total(), 1);
  await api.storeFiles.delete(store, file_id);
  assert.equal(await total(), 1);
  await refused(api.storeFiles.retrieve(store, file_id), 'NotFoundError', noFile(file_id, store));
  assert.equal(await total(), 0);
  await assertCountersAddUp(api);
});

// Polls until the SDK's poller ends, or gives up after ten exchanges and says so.
async function pollAtMostTen(api, store, id) {
  const patience = new AbortController();
  const before = (await api.wire()).length;
  let ended;
  const polling = api.storeFiles.poll(store, id, { signal: patience.signal }).catch((error) => {
    assert.ok(error instanceof sdk.APIUserAbortError, error.stack);
    return 'gave up';
  });
  polling.finally(() => (ended = true)).catch(() => {});
  while (!ended && (await api.wire()).length < before + 10) await new Promise(setImmediate);
  patience.abort();
  const polled = await polling;
  return { polled, statuses: (await api.wire()).slice(before).map(({ body }) => body.status) };
}

test('file_stuck_in_progress: the poller waits until its caller gives up', async () => {
  const api = await connect('file_stuck_in_progress');
  const store = await newStore(api);
  const { id } = await api.storeFiles.upload(store, await fileOf('%PDF-', 'stuck.pdf'));
  const { polled, statuses } = await pollAtMostTen(api, store, id);
  assert.deepEqual([polled, [...new Set(statuses)]], ['gave up', ['in_progress']]);
  assert.deepEqual(countsOf(await api.vectorStores.retrieve(store)), [1, 0, 0, 0, 1]);
});

// Before version 7 the pollers do not count `cancelled` among the ends of a file.
test('a cancelled file ends the poller of version 7 alone', async () => {
  const api = await connect('file_stuck_in_progress');
  const store = await newStore(api);
  const id = await uploaded(api, 'stuck.pdf', '%PDF-');
  const batch = await api.fileBatches.create(store, { file_ids: [id] });
  await api.fileBatches.cancel(store, batch.id);
  const { polled, statuses } = await pollAtMostTen(api, store, id);
  assert.deepEqual([...new Set(statuses)], ['cancelled']);
  assert.equal(polled.status ?? polled, version.startsWith('7.') ? 'cancelled' : 'gave up');
});
