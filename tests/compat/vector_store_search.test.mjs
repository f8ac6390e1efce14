// Search of a vector store: what is found in uploaded texts, filters, bounds, and refusals.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, refused } from './conversation.mjs';
import { allUploaded, storeOf, uploaded } from './documents.mjs';

const texts = {
  'boats.md': '# Boats\n\nThe ferry to the island of Hven leaves every hour from Landskrona.\n',
  'bread.txt': 'Sourdough needs flour, water, salt and a day of patience.\n',
  'トマト.txt': 'トマトは夏に赤くなります。\n',
  'client.py': 'def make_client(max_retries=2):\n    return Client(max_retries)\n',
};
const attributes = {
  'boats.md': { year: 2019, topic: 'travel', draft: false },
  'bread.txt': { year: 2021, topic: 'food', draft: false },
  'トマト.txt': { year: 2023, topic: 'food', draft: true },
  'client.py': { year: 2025, topic: 'code', draft: true },
};

// A store in which every file has its attributes.
async function library(api) {
  const ids = await allUploaded(api, texts);
  const { id } = await api.vectorStores.create({ name: 'Library' });
  const files = Object.entries(ids).map(([name, file_id]) => ({ file_id, attributes: attributes[name] }));
  await api.fileBatches.createAndPoll(id, { files });
  return { id, ids };
}

const find = async (api, store, query, body = {}) =>
  all(api.vectorStores.search(store, { query, ...body }));
const everything = 'ferry sourdough トマト client'; // a word of each file
const named = (hits) => hits.map(({ filename }) => filename);

// A question, and the file that answers it.
const questions = [
  ['When does the ferry leave for Hven?', 'boats.md'],
  ['flour and salt', 'bread.txt'],
  ['赤いトマト', 'トマト.txt'],
  ['where is max_retries used?', 'client.py'],
];

test('the file that answers comes first, with its text and a score', async () => {
  const api = await connect('echo');
  const { id, ids } = await library(api);
  for (const [question, name] of questions) {
    const hits = await find(api, id, question);
    assert.equal(hits[0].filename, name, question);
    assert.deepEqual(
      [hits[0].file_id, hits[0].attributes, hits[0].content.map(({ type }) => type)],
      [ids[name], attributes[name], ['text']],
    );
    assert.equal(hits[0].content[0].text.trim(), texts[name].trim());
    const scores = hits.map(({ score }) => score);
    assert.ok(scores.every((score) => score >= 0 && score <= 1), scores);
    assert.deepEqual(scores, scores.toSorted((a, b) => b - a));
    assert.ok(scores[0] > (scores[1] ?? 0), scores);
  }
});

test('a search answers with a page that has no further one', async () => {
  const api = await connect('echo');
  const { id } = await library(api);
  await find(api, id, everything);
  const { path, body } = (await api.wire()).at(-1);
  assert.equal(path, `/v1/vector_stores/${id}/search`);
  const { data, ...page } = body;
  assert.deepEqual(page, {
    object: 'vector_store.search_results.page', search_query: [everything], has_more: false, next_page: null,
  });
  assert.equal(data.length, Object.keys(texts).length);
});

test('several questions are asked at once', async () => {
  const api = await connect('echo');
  const { id } = await library(api);
  const two = ['sourdough', 'ferry'];
  const hits = await find(api, id, two, { ranking_options: { score_threshold: 0.1 } });
  assert.deepEqual(named(hits).toSorted(), ['boats.md', 'bread.txt']);
  assert.deepEqual((await api.wire()).at(-1).body.search_query, two);
});

test('bounds on the number and the score of hits', async () => {
  const api = await connect('echo');
  const { id } = await library(api);
  assert.equal((await find(api, id, 'ferry', { max_num_results: 1 })).length, 1);
  const good = await find(api, id, 'ferry', { ranking_options: { score_threshold: 0.3 } });
  assert.deepEqual(named(good), ['boats.md']);
  assert.ok(good[0].score >= 0.3);
  assert.deepEqual(await find(api, id, 'submarine', { ranking_options: { score_threshold: 0.01 } }), []);
});

test('a rewritten question is shown', async () => {
  const api = await connect('echo');
  const { id } = await library(api);
  const question = 'What do I need for the sourdough?';
  const hits = await find(api, id, question, { rewrite_query: true });
  assert.equal(hits[0].filename, 'bread.txt');
  const [shown] = (await api.wire()).at(-1).body.search_query;
  assert.match(shown, /sourdough/);
  assert.ok(shown.length < question.length, shown);
});

const compare = (key, type, value) => ({ type, key, value });
const is = (key, value) => compare(key, 'eq', value);

// A filter, and the files that pass it.
const filters = [
  [is('topic', 'food'), ['bread.txt', 'トマト.txt']],
  [compare('topic', 'ne', 'food'), ['boats.md', 'client.py']],
  [compare('year', 'gt', 2021), ['トマト.txt', 'client.py']],
  [compare('year', 'gte', 2021), ['bread.txt', 'トマト.txt', 'client.py']],
  [compare('year', 'lt', 2021), ['boats.md']],
  [compare('year', 'lte', 2021), ['boats.md', 'bread.txt']],
  [is('draft', true), ['トマト.txt', 'client.py']],
  [compare('topic', 'in', ['code', 'travel']), ['boats.md', 'client.py']],
  [compare('year', 'nin', [2019, 2025]), ['bread.txt', 'トマト.txt']],
  [{ type: 'and', filters: [is('topic', 'food'), is('draft', true)] }, ['トマト.txt']],
  [{
    type: 'or',
    filters: [is('topic', 'code'), { type: 'and', filters: [is('topic', 'food'), compare('year', 'lt', 2022)] }],
  }, ['bread.txt', 'client.py']],
  [is('topic', 'sports'), []],
  [is('no such key', 1), []],
];

test('filters go by the attributes of the files', async () => {
  const api = await connect('echo');
  const { id } = await library(api);
  for (const [filter, names] of filters) {
    const hits = await find(api, id, everything, { filters: filter });
    assert.deepEqual(named(hits).toSorted(), names.toSorted(), JSON.stringify(filter));
  }
});

test('attributes that are changed count at once', async () => {
  const api = await connect('echo');
  const { id, ids } = await library(api);
  await api.storeFiles.update(id, ids['boats.md'], { attributes: { topic: 'food' } });
  assert.equal((await find(api, id, 'ferry', { filters: is('topic', 'food') }))[0].filename, 'boats.md');
});

test('what was taken out or deleted is not found', async () => {
  const api = await connect('echo');
  const { id, ids } = await library(api);
  await api.storeFiles.delete(id, ids['boats.md']);
  assert.ok(!named(await find(api, id, everything)).includes('boats.md'));
  await api.files.delete(ids['bread.txt']);
  assert.deepEqual(named(await find(api, id, everything)).toSorted(), ['client.py', 'トマト.txt']);
});

test('a file is found once it is completed', async () => {
  const api = await connect('file_stuck_in_progress');
  const { store } = await storeOf(api, { 'boats.md': texts['boats.md'] });
  const stuck = await uploaded(api, 'stuck.pdf', texts['boats.md']);
  await api.storeFiles.create(store.id, { file_id: stuck });
  assert.deepEqual(named(await find(api, store.id, 'ferry')), ['boats.md']);
});

test('a chunk of a long file is found by what only it says', async () => {
  const api = await connect('echo');
  const filler = (topic) => `${Array(150).fill(`This paragraph is about ${topic}.`).join(' ')}\n\n`;
  const text = `${filler('apples')}The password is swordfish.\n\n${filler('pears')}`;
  const { store } = await storeOf(api, { 'long.txt': text });
  const hits = await find(api, store.id, 'swordfish password');
  assert.ok(hits.length > 1);
  assert.match(hits[0].content[0].text, /swordfish/);
  assert.ok(hits.every(({ content }) => text.includes(content[0].text)));
});

const unknown = `vs_${'0'.repeat(32)}`;

// Row, body beside the query, and the refusal.
const refusals = [
  ['v.intmax', { max_num_results: 51 }, {
    message: "Invalid 'max_num_results': integer above maximum value. Expected a value <= 50, but got 51 instead.",
    param: 'max_num_results', code: 'integer_above_max_value',
  }],
  ['v.intmin', { max_num_results: 0 }, {
    message: "Invalid 'max_num_results': integer below minimum value. Expected a value >= 1, but got 0 instead.",
    param: 'max_num_results', code: 'integer_below_min_value',
  }],
  ['v.missing', { query: undefined }, {
    message: "Missing required parameter: 'query'.", param: 'query', code: 'missing_required_parameter',
  }],
  ['v.unknown', { score_threshold: 0.5 }, {
    message: "Unknown parameter: 'score_threshold'.", param: 'score_threshold', code: 'unknown_parameter',
  }],
];

for (const [row, body, refusal] of refusals) {
  test(`${row}: a search is refused: ${refusal.message}`, async () => {
    const api = await connect('echo');
    const { id } = await api.vectorStores.create({});
    await refused(api.vectorStores.search(id, { query: 'ferry', ...body }), 'BadRequestError', refusal);
  });
}

test('a filter that is wrong names the place', async () => {
  const api = await connect('echo');
  const { id } = await api.vectorStores.create({});
  const wrong = { type: 'and', filters: [is('topic', 'food'), { type: 'like', key: 'topic', value: 'f' }] };
  const error = await api.vectorStores.search(id, { query: 'x', filters: wrong }).then(assert.fail, (reason) => reason);
  assert.deepEqual([error.status, error.param], [400, 'filters.filters[1].type'], error.message);
});

test('nf.vs: a store that is not there', async () => {
  const api = await connect('echo');
  await refused(api.vectorStores.search(unknown, { query: 'ferry' }), 'NotFoundError', {
    message: `No vector store found with id '${unknown}'.`,
  });
});
