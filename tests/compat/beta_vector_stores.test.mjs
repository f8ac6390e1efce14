// Vector stores where version 4 had them up to 4.86.2, under `beta`: the same routes, spelled as it did.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect, sdk, version } from './sdk.mjs';
import { all, idsOf } from './conversation.mjs';
import { allUploaded, assertCountersAddUp, countsOf, fileOf, uploaded } from './documents.mjs';

const texts = { 'a.txt': 'One', 'b.md': 'Two', 'c.json': '"Three"' };

async function betaOf(scenario) {
  const api = await connect(scenario);
  const { vectorStores } = api.client.beta;
  return { api, vectorStores, files: vectorStores.files, fileBatches: vectorStores.fileBatches };
}

test(`version ${version} has vector stores under beta alone`, async () => {
  const { api, vectorStores } = await betaOf('echo');
  assert.equal(api.client.vectorStores, undefined);
  assert.ok(vectorStores);
});

test('a store is created, read, changed, listed and deleted', async () => {
  const { vectorStores } = await betaOf('echo');
  const store = await vectorStores.create({ name: 'Old', expires_after: { anchor: 'last_active_at', days: 1 } });
  assert.deepEqual([store.object, store.status], ['vector_store', 'completed']);
  const updated = await vectorStores.update(store.id, { name: 'New' });
  assert.equal(updated.name, 'New');
  assert.deepEqual({ ...(await vectorStores.retrieve(store.id)) }, { ...updated });
  const { id: another } = await vectorStores.create({});
  assert.deepEqual(idsOf(await all(vectorStores.list({ limit: 1 }))), [another, store.id]);
  assert.deepEqual(
    { ...(await vectorStores.del(store.id)) },
    { id: store.id, object: 'vector_store.deleted', deleted: true },
  );
  await assert.rejects(vectorStores.retrieve(store.id), sdk.NotFoundError);
});

test('files are attached by every helper, listed and taken out', async () => {
  const { api, vectorStores, files } = await betaOf('echo');
  const { id: store } = await vectorStores.create({});
  const file_id = await uploaded(api, 'a.txt', 'One');
  const created = await files.create(store, { file_id });
  assert.deepEqual([created.id, created.status], [file_id, 'in_progress']);
  assert.equal((await files.poll(store, file_id)).status, 'completed');
  const again = await files.createAndPoll(store, { file_id: await uploaded(api, 'b.txt', 'Two') });
  const sent = await files.upload(store, await fileOf('Three', 'c.txt'));
  const waited = await files.uploadAndPoll(store, await fileOf('Four', 'd.txt'));
  assert.deepEqual([again.status, sent.status, waited.status], ['completed', 'in_progress', 'completed']);
  const listed = await all(files.list(store, { filter: 'completed', limit: 3, order: 'asc' }));
  assert.deepEqual(idsOf(listed), idsOf([created, again, sent, waited]));
  assert.deepEqual(
    { ...(await files.del(store, file_id)) },
    { id: file_id, object: 'vector_store.file.deleted', deleted: true },
  );
  await assert.rejects(files.retrieve(store, file_id), sdk.NotFoundError);
  assert.deepEqual(countsOf(await vectorStores.retrieve(store)), [0, 3, 0, 0, 3]);
  await assertCountersAddUp(api);
});

test('batches are made by every helper, listed and cancelled', async () => {
  const { api, vectorStores, fileBatches } = await betaOf('echo');
  const { id: store } = await vectorStores.create({});
  const file_ids = Object.values(await allUploaded(api, texts));
  const created = await fileBatches.create(store, { file_ids });
  const cancelled = await fileBatches.cancel(store, created.id);
  assert.deepEqual([cancelled.status, countsOf(cancelled)], ['cancelled', [0, 1, 0, 2, 3]]);
  assert.deepEqual({ ...(await fileBatches.poll(store, created.id)) }, { ...cancelled });
  const again = await fileBatches.createAndPoll(store, { file_ids });
  assert.deepEqual([again.status, countsOf(again)], ['completed', [0, 3, 0, 0, 3]]);
  assert.deepEqual(idsOf(await all(fileBatches.listFiles(store, again.id, { order: 'asc', limit: 2 }))), file_ids);
  const files = [await fileOf('Four', 'd.txt'), await fileOf('Five', 'e.txt')];
  const added = await fileBatches.uploadAndPoll(store, { files, fileIds: file_ids.slice(0, 1) });
  assert.deepEqual([added.status, countsOf(added)], ['completed', [0, 3, 0, 0, 3]]);
  await assertCountersAddUp(api);
});

test('batch_with_failures: the poller returns, and the counters tell', async () => {
  const { api, vectorStores, fileBatches } = await betaOf('batch_with_failures');
  const { id: store } = await vectorStores.create({});
  const ids = await allUploaded(api, { 'good.txt': 'One', 'broken.txt': 'Two' });
  const batch = await fileBatches.createAndPoll(store, { file_ids: Object.values(ids) });
  assert.deepEqual([batch.status, countsOf(batch)], ['completed', [0, 1, 1, 0, 2]]);
  assert.deepEqual(idsOf(await all(fileBatches.listFiles(store, batch.id, { filter: 'failed' }))), [ids['broken.txt']]);
});

test('an assistant searches a store of beta', async () => {
  const { api, vectorStores, fileBatches } = await betaOf('answers_from_files.yaml');
  const { id: store } = await vectorStores.create({});
  await fileBatches.uploadAndPoll(store, { files: [await fileOf('The ferry leaves at nine.', 'ferry.txt')] });
  const assistant = await api.assistants.create({
    model: 'gpt-4o', tools: [{ type: 'file_search' }], tool_resources: { file_search: { vector_store_ids: [store] } },
  });
  const thread = await api.threads.create({ messages: [{ role: 'user', content: 'When does the ferry leave?' }] });
  const run = await api.client.beta.threads.runs.createAndPoll(thread.id, { assistant_id: assistant.id });
  const [message] = await all(api.messages.list(thread.id, { run_id: run.id }));
  assert.match(message.content[0].text.value, /The ferry leaves at nine\.【4:0†ferry\.txt】$/);
});
