// File batches: files attached together, polled, listed, cancelled, and what becomes of failures.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, idsOf, refused } from './conversation.mjs';
import { allUploaded, assertCountersAddUp, countsOf, fileOf, storeOf, uploaded } from './documents.mjs';

const texts = { 'a.txt': 'One', 'b.md': 'Two', 'c.json': '"Three"' };
const newStore = async (api) => (await api.vectorStores.create({})).id;
const noBatch = (id) => ({ message: `No file batch found with id '${id}'.` });

test('a batch ends file by file', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const file_ids = Object.values(await allUploaded(api, texts));
  const created = await api.fileBatches.create(store, { file_ids });
  assert.match(created.id, /^vsfb_[0-9a-f]{32}$/);
  assert.deepEqual(
    [created.object, created.vector_store_id, created.status, countsOf(created)],
    ['vector_store.files_batch', store, 'in_progress', [3, 0, 0, 0, 3]],
  );
  const seen = [];
  for (let poll = 0; poll < 2; poll++) seen.push(await api.fileBatches.retrieve(store, created.id));
  assert.deepEqual(
    seen.map((batch) => [batch.id, batch.status, ...countsOf(batch)]),
    [[created.id, 'in_progress', 2, 1, 0, 0, 3], [created.id, 'completed', 0, 3, 0, 0, 3]],
  );
  const files = await all(api.fileBatches.listFiles(store, created.id, { order: 'asc', limit: 2 }));
  assert.deepEqual(idsOf(files), file_ids);
  assert.deepEqual(files.map(({ status }) => status), Array(3).fill('completed'));
  await assertCountersAddUp(api);
});

test("the SDK's helpers wait until the batch is completed", async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const file_ids = Object.values(await allUploaded(api, texts));
  const created = await api.fileBatches.createAndPoll(store, { file_ids });
  assert.deepEqual([created.status, countsOf(created)], ['completed', [0, 3, 0, 0, 3]]);

  const extra = await uploaded(api, 'd.txt', 'Four');
  const files = await Promise.all([4, 5, 6, 7, 8, 9].map((number) => fileOf(`Number ${number}`, `${number}.txt`)));
  const added = await api.fileBatches.uploadAndPoll(store, { files, fileIds: [extra] });
  assert.deepEqual([added.status, countsOf(added)], ['completed', [0, 7, 0, 0, 7]]);
  const listed = await all(api.fileBatches.listFiles(store, added.id));
  assert.equal(listed.length, 7);
  assert.ok(idsOf(listed).includes(extra));
  assert.deepEqual(countsOf(await api.vectorStores.retrieve(store)), [0, 10, 0, 0, 10]);
  const polled = await api.fileBatches.poll(store, added.id);
  assert.deepEqual({ ...polled }, { ...added });
  await assertCountersAddUp(api);
});

test('each file of a batch may have settings of its own', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const ids = await allUploaded(api, texts);
  const static_ = { max_chunk_size_tokens: 100, chunk_overlap_tokens: 0 };
  const batch = await api.fileBatches.createAndPoll(store, {
    files: [
      { file_id: ids['a.txt'], attributes: { page: 1 }, chunking_strategy: { type: 'static', static: static_ } },
      { file_id: ids['b.md'] },
    ],
  });
  const files = await all(api.fileBatches.listFiles(store, batch.id, { order: 'asc' }));
  assert.deepEqual(
    files.map(({ id, attributes, chunking_strategy }) => [id, attributes, chunking_strategy.static.max_chunk_size_tokens]),
    [[ids['a.txt'], { page: 1 }, 100], [ids['b.md'], {}, 800]],
  );
});

test('settings of a batch are those of all its files', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const file_ids = Object.values(await allUploaded(api, texts));
  const batch = await api.fileBatches.createAndPoll(store, { file_ids, attributes: { topic: 'numbers' } });
  for await (const file of api.fileBatches.listFiles(store, batch.id)) {
    assert.deepEqual(file.attributes, { topic: 'numbers' });
  }
});

test('batch_with_failures: a batch with failures is completed', async () => {
  const api = await connect('batch_with_failures');
  const store = await newStore(api);
  const ids = await allUploaded(api, { 'good.txt': 'One', 'broken.txt': 'Two', 'fine.md': 'Three' });
  const batch = await api.fileBatches.createAndPoll(store, { file_ids: Object.values(ids) });
  assert.deepEqual([batch.status, countsOf(batch)], ['completed', [0, 2, 1, 0, 3]]);
  const list = async (filter) =>
    idsOf(await all(api.fileBatches.listFiles(store, batch.id, { filter, order: 'asc' })));
  assert.deepEqual(await list('failed'), [ids['broken.txt']]);
  assert.deepEqual(await list('completed'), [ids['good.txt'], ids['fine.md']]);
  assert.equal((await api.vectorStores.retrieve(store)).status, 'completed');
  await assertCountersAddUp(api);
});

test('a batch is cancelled while it runs', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const file_ids = Object.values(await allUploaded(api, texts));
  const created = await api.fileBatches.create(store, { file_ids });
  const cancelled = await api.fileBatches.cancel(store, created.id);
  assert.deepEqual([cancelled.id, cancelled.status, countsOf(cancelled)], [created.id, 'cancelled', [0, 1, 0, 2, 3]]);
  const again = await api.fileBatches.cancel(store, created.id);
  assert.deepEqual({ ...again }, { ...cancelled });
  const polled = await api.fileBatches.poll(store, created.id);
  assert.deepEqual({ ...polled }, { ...cancelled });
  const files = await all(api.fileBatches.listFiles(store, created.id, { order: 'asc' }));
  assert.deepEqual(files.map(({ status }) => status), ['completed', 'cancelled', 'cancelled']);
  const seen = await api.vectorStores.retrieve(store);
  assert.deepEqual([seen.status, countsOf(seen)], ['completed', [0, 1, 0, 2, 3]]);
  await assertCountersAddUp(api);
});

test('cancelling a batch that has ended gives it back as it was', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const file_ids = Object.values(await allUploaded(api, texts));
  const ended = await api.fileBatches.createAndPoll(store, { file_ids });
  assert.deepEqual({ ...(await api.fileBatches.cancel(store, ended.id)) }, { ...ended });
});

test('a file that is attached again begins anew, in the newer batch', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const file_ids = Object.values(await allUploaded(api, texts));
  const first = await api.fileBatches.createAndPoll(store, { file_ids });
  const second = await api.fileBatches.createAndPoll(store, { file_ids: file_ids.slice(0, 1) });
  assert.deepEqual(countsOf(second), [0, 1, 0, 0, 1]);
  assert.deepEqual(countsOf(await api.fileBatches.retrieve(store, first.id)), [0, 2, 0, 0, 2]);
  assert.deepEqual(countsOf(await api.vectorStores.retrieve(store)), [0, 3, 0, 0, 3]);
  await assertCountersAddUp(api);
});

test('a file that is named twice is in its batch once', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const id = await uploaded(api, 'a.txt', 'One');
  const batch = await api.fileBatches.createAndPoll(store, { file_ids: [id, id] });
  assert.deepEqual([batch.status, countsOf(batch)], ['completed', [0, 1, 0, 0, 1]]);
  assert.deepEqual(idsOf(await all(api.storeFiles.list(store))), [id]);
  await assertCountersAddUp(api);
});

test('a file that is deleted while it is indexed leaves its batch', async () => {
  const api = await connect('batch_with_failures');
  const store = await newStore(api);
  const ids = await allUploaded(api, texts);
  const created = await api.fileBatches.create(store, { file_ids: Object.values(ids) });
  await api.files.delete(ids['a.txt']);
  const batch = await api.fileBatches.poll(store, created.id);
  assert.deepEqual([batch.status, countsOf(batch)], ['completed', [0, 2, 0, 0, 2]]);
  await assertCountersAddUp(api);
});

// nf.vs, nf.vsbatch
test('batches are found in their own store alone', async () => {
  const api = await connect('echo');
  const { store, ids } = await storeOf(api, texts);
  const batch = await api.fileBatches.createAndPoll(store.id, { file_ids: Object.values(ids) });
  const other = await newStore(api);
  for (const call of [api.fileBatches.retrieve, api.fileBatches.cancel, api.fileBatches.listFiles]) {
    const unknown = `vsfb_${'0'.repeat(32)}`;
    await refused(call(store.id, unknown), 'NotFoundError', noBatch(unknown));
    await refused(call(other, batch.id), 'NotFoundError', noBatch(batch.id));
    const noStore = `vs_${'0'.repeat(32)}`;
    await refused(call(noStore, batch.id), 'NotFoundError', { message: `No vector store found with id '${noStore}'.` });
  }
});

const unknownFile = `file-${'0'.repeat(22)}`;

test('nf.files-in-body: all files of a batch must exist', async () => {
  const api = await connect('echo');
  const store = await newStore(api);
  const file_ids = [await uploaded(api, 'a.txt', 'One'), unknownFile];
  await refused(api.fileBatches.create(store, { file_ids }), 'NotFoundError', {
    message: `The following file IDs were not found: ${unknownFile}.`,
  });
  assert.deepEqual(await all(api.storeFiles.list(store)), []);
});

// The SDK's poller asks for the id that it was given, so it notices nothing.
test("batch_polled_with_store_id: a poll shows the store's id where the batch's belongs", async () => {
  const api = await connect('batch_polled_with_store_id');
  const store = await newStore(api);
  const file_ids = Object.values(await allUploaded(api, texts));
  const created = await api.fileBatches.create(store, { file_ids });
  const polled = await api.fileBatches.poll(store, created.id);
  assert.deepEqual([polled.id, polled.status, countsOf(polled)], [store, 'completed', [0, 3, 0, 0, 3]]);
  await refused(api.fileBatches.retrieve(store, polled.id), 'NotFoundError', noBatch(polled.id));
  assert.equal((await all(api.fileBatches.listFiles(store, created.id))).length, 3);
});
