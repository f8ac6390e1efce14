// Vector stores: made with and without files, read, changed, listed, expired and deleted.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, idsOf, refused } from './conversation.mjs';
import { allUploaded, assertCountersAddUp, countsOf, fileOf, settled, storeOf, uploaded } from './documents.mjs';

const noStore = (id) => ({ message: `No vector store found with id '${id}'.` });

test('a store without files is completed at once', async () => {
  const api = await connect('echo');
  const store = await api.vectorStores.create({});
  assert.match(store.id, /^vs_[0-9a-f]{32}$/);
  const { object, status, usage_bytes, expires_at, last_active_at, created_at, metadata } = store;
  assert.deepEqual(
    [object, status, usage_bytes, expires_at, last_active_at, metadata],
    ['vector_store', 'completed', 0, null, created_at, {}],
  );
  assert.deepEqual(countsOf(store), [0, 0, 0, 0, 0]);
  assert.deepEqual({ ...(await api.vectorStores.retrieve(store.id)) }, { ...store });
});

test('a store counts its files while they are indexed one by one', async () => {
  const api = await connect('echo');
  const ids = await allUploaded(api, { 'a.txt': 'One', 'b.md': 'Two', 'c.json': '"Three"' });
  const body = { name: 'Three', metadata: { topic: 'numbers' }, file_ids: Object.values(ids) };
  const created = await api.vectorStores.create(body);
  assert.deepEqual([created.status, created.usage_bytes, countsOf(created)], ['in_progress', 0, [3, 0, 0, 0, 3]]);
  const counts = [];
  for (let poll = 0; poll < 2; poll++) counts.push(countsOf(await api.vectorStores.retrieve(created.id)));
  assert.deepEqual(counts, [[2, 1, 0, 0, 3], [0, 3, 0, 0, 3]]);
  const store = await settled(api, created);
  assert.deepEqual([store.status, store.name, store.metadata], ['completed', 'Three', { topic: 'numbers' }]);
  assert.ok(store.usage_bytes > 0);
  await assertCountersAddUp(api);
});

test('a store is updated', async () => {
  const api = await connect('echo');
  const store = await api.vectorStores.create({ name: 'Old', metadata: { page: '1' } });
  const expires_after = { anchor: 'last_active_at', days: 2 };
  const updated = await api.vectorStores.update(store.id, { name: 'New', metadata: { page: '2' }, expires_after });
  assert.deepEqual(
    [updated.id, updated.name, updated.metadata, updated.expires_after, updated.expires_at],
    [store.id, 'New', { page: '2' }, expires_after, updated.last_active_at + 2 * 86_400],
  );
  assert.deepEqual({ ...(await api.vectorStores.retrieve(store.id)) }, { ...updated });
  const kept = await api.vectorStores.update(store.id, { expires_after: null });
  assert.deepEqual([kept.name, kept.expires_at], ['New', null]);
});

test('stores are paged through, newest first unless asked otherwise', async () => {
  const api = await connect('echo');
  const ids = [];
  for (let number = 0; number < 5; number++) ids.push((await api.vectorStores.create({ name: `${number}` })).id);
  assert.deepEqual(idsOf(await all(api.vectorStores.list())), ids.toReversed());
  assert.deepEqual(idsOf(await all(api.vectorStores.list({ order: 'asc', limit: 2 }))), ids);
  const page = await api.vectorStores.list({ before: ids[1], limit: 2 });
  assert.deepEqual(idsOf(page.data), [ids[3], ids[2]]);
});

// nf.vs
test('a store is deleted, and its files stay', async () => {
  const api = await connect('echo');
  const { store, ids } = await storeOf(api, { 'a.txt': 'One' });
  assert.deepEqual(
    { ...(await api.vectorStores.delete(store.id)) },
    { id: store.id, object: 'vector_store.deleted', deleted: true },
  );
  for (const call of [api.vectorStores.retrieve, api.vectorStores.delete, (id) => api.vectorStores.update(id, {})]) {
    await refused(call(store.id), 'NotFoundError', noStore(store.id));
  }
  assert.deepEqual(await all(api.vectorStores.list()), []);
  assert.equal((await api.files.retrieve(ids['a.txt'])).id, ids['a.txt']);
});

test('a file that is deleted leaves every store', async () => {
  const api = await connect('echo');
  const { store, ids } = await storeOf(api, { 'a.txt': 'One', 'b.txt': 'Two' });
  await api.files.delete(ids['a.txt']);
  const files = await all(api.storeFiles.list(store.id));
  assert.deepEqual(idsOf(files), [ids['b.txt']]);
  assert.deepEqual(countsOf(await api.vectorStores.retrieve(store.id)), [0, 1, 0, 0, 1]);
});

test('a file that expires leaves every store, read or still in progress', async () => {
  const api = await connect('file_stuck_in_progress');
  const expires_after = { anchor: 'created_at', seconds: 3600 };
  const brief = async (name) =>
    (await api.files.create({ file: await fileOf('One', name), purpose: 'assistants', expires_after })).id;
  const store = await api.vectorStores.create({ file_ids: [await brief('stuck.pdf'), await brief('a.txt')] });
  await api.advance('1min');
  assert.deepEqual(countsOf(await api.vectorStores.retrieve(store.id)), [1, 1, 0, 0, 2]);
  await api.advance('1h');
  const left = await api.vectorStores.retrieve(store.id);
  assert.deepEqual([left.status, countsOf(left), left.usage_bytes], ['completed', [0, 0, 0, 0, 0], 0]);
  assert.deepEqual(await all(api.storeFiles.list(store.id)), []);
  await assertCountersAddUp(api);
});

// vs.expired.use
test('a store that has expired can be read and deleted, not used', async () => {
  const api = await connect('echo');
  const body = { expires_after: { anchor: 'last_active_at', days: 1 } };
  const { store, ids } = await storeOf(api, { 'a.txt': 'One' }, body);
  await api.advance('24h');
  const expired = await api.vectorStores.retrieve(store.id);
  assert.deepEqual([expired.status, expired.expires_at], ['expired', store.last_active_at + 86_400]);
  const refusal = { message: `Vector store '${store.id}' has expired.` };
  const uses = [
    () => api.vectorStores.update(store.id, { name: 'New' }),
    () => api.storeFiles.create(store.id, { file_id: ids['a.txt'] }),
    () => api.fileBatches.create(store.id, { file_ids: [ids['a.txt']] }),
    ...(api.vectorStores.search ? [() => api.vectorStores.search(store.id, { query: 'One' })] : []),
  ];
  for (const use of uses) await refused(use(), 'BadRequestError', refusal);
  assert.deepEqual(idsOf(await all(api.vectorStores.list())), [store.id]);
  assert.equal((await api.vectorStores.delete(store.id)).deleted, true);
});

test('a store that is used lives on', async () => {
  const api = await connect('echo');
  const store = await api.vectorStores.create({ expires_after: { anchor: 'last_active_at', days: 1 } });
  await api.advance('20h');
  await api.storeFiles.create(store.id, { file_id: await uploaded(api, 'a.txt', 'One') });
  await api.advance('20h');
  const used = await api.vectorStores.retrieve(store.id);
  assert.deepEqual([used.status, used.expires_at], ['completed', used.last_active_at + 86_400]);
  assert.ok(used.last_active_at > store.last_active_at);
});

const unknownFile = 'file-0000000000000000000000';
// Row, body of a new store, class and words of the refusal.
const refusals = [
  ['nf.files-in-body', { file_ids: [unknownFile] }, 'NotFoundError', {
    message: `The following file IDs were not found: ${unknownFile}.`,
  }],
  ['v.intmax', { expires_after: { anchor: 'last_active_at', days: 400 } }, 'BadRequestError', {
    message: "Invalid 'expires_after.days': integer above maximum value. Expected a value <= 365, but got 400 instead.",
    param: 'expires_after.days', code: 'integer_above_max_value',
  }],
  ['v.unknown', { files: [] }, 'BadRequestError', {
    message: "Unknown parameter: 'files'.", param: 'files', code: 'unknown_parameter',
  }],
];

for (const [row, body, className, refusal] of refusals) {
  test(`${row}: a store is refused`, async () => {
    const api = await connect('echo');
    await refused(api.vectorStores.create(body), className, refusal);
    assert.deepEqual(await all(api.vectorStores.list()), []);
  });
}

// f.retrieval
test('what cannot be searched is refused when it is attached', async () => {
  const api = await connect('echo');
  const id = await uploaded(api, 'table.csv', 'a,b\n1,2\n');
  await refused(api.vectorStores.create({ file_ids: [id] }), 'BadRequestError', {
    message:
      'Files with extensions [.csv] are not supported for retrieval. See ' +
      'https://platform.openai.com/docs/assistants/tools/file-search/supported-files',
    param: 'file_ids',
    code: 'unsupported_file',
  });
});
