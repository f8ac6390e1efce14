// Files and vector stores that many tests begin with or look at.
import assert from 'node:assert/strict';
import { sdk } from './sdk.mjs';

export const fileOf = (text, name, options) => sdk.toFile(Buffer.from(text), name, options);

// The id of a new file that holds `text`.
export async function uploaded(api, name, text, purpose = 'assistants') {
  return (await api.files.create({ file: await fileOf(text, name), purpose })).id;
}

// The ids of new files, one for each of `texts`, by their names.
export async function allUploaded(api, texts) {
  const ids = {};
  for (const [name, text] of Object.entries(texts)) ids[name] = await uploaded(api, name, text);
  return ids;
}

// Polls a store until none of its files is in progress.
export async function settled(api, store, atMost = 50) {
  for (let poll = 0; poll < atMost; poll++) {
    const seen = await api.vectorStores.retrieve(store.id);
    if (seen.status !== 'in_progress') return seen;
  }
  return assert.fail(`after ${atMost} polls the store is in progress`);
}

// A new store that holds `texts`, indexed, and the ids of its files by their names.
export async function storeOf(api, texts, body = {}) {
  const ids = await allUploaded(api, texts);
  const created = await api.vectorStores.create({ ...body, file_ids: Object.values(ids) });
  return { store: await settled(api, created), ids };
}

// The numbers of files: in progress, completed, failed, cancelled, all of them.
export const countsOf = ({ file_counts: { in_progress, completed, failed, cancelled, total } }) =>
  [in_progress, completed, failed, cancelled, total];

// In every answer that `api` ever had the counters of a store or batch make up their total.
export async function assertCountersAddUp(api) {
  const counted = (await api.wire()).map(({ body }) => body).filter((body) => body?.file_counts);
  assert.ok(counted.length > 0, 'no answer has counters');
  for (const body of counted) {
    const [total, ...parts] = countsOf(body).reverse();
    assert.equal(parts.reduce((sum, part) => sum + part), total, JSON.stringify(body));
  }
}
