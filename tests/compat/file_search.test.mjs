// Runs that search uploaded files: stores of assistants and threads, attachments, results, citations.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, prepare, refused, streamsOf, textOf } from './conversation.mjs';
import { allUploaded, assertCountersAddUp, countsOf, settled, storeOf, uploaded } from './documents.mjs';
import { annotationsOf, assertOffsets, contentOf, plainStep } from './citations.mjs';
import { rowOf, rows } from './event_rows.mjs';

const include = ['step_details.tool_calls[*].file_search.results[*].content'];
const tools = [{ type: 'file_search' }];
const texts = {
  'ferry.md': 'The ferry to Hven leaves from Landskrona.\n',
  'パン.txt': 'サワードウには小麦粉と塩が要ります。🍞\n',
};
const inStore = (...vector_store_ids) => ({ file_search: { vector_store_ids } });
const newAssistant = (api, tool_resources) => api.assistants.create({ model: 'gpt-4o', tools, tool_resources });
const user = (content, attachments) => ({ role: 'user', content, ...(attachments && { attachments }) });
const resultsOf = (step) => step.step_details.tool_calls[0].file_search.results;

// The messages and steps that a run left, oldest first.
async function leftBy(api, { thread_id, id }) {
  const messages = await all(api.messages.list(thread_id, { run_id: id, order: 'asc' }));
  const steps = await all(api.steps.list(thread_id, id, { include, order: 'asc' }));
  return { messages, steps };
}

test('a run finds what was uploaded, and cites it', async () => {
  const api = await connect('answers_from_files.yaml');
  const { store, ids } = await storeOf(api, texts);
  const tool_resources = inStore(store.id);
  for (const [question, name] of [['Where does the ferry leave?', 'ferry.md'], ['小麦粉', 'パン.txt']]) {
    const prepared = await prepare(api, question, { tools, tool_resources });
    const run = await api.runs.createAndPoll(prepared.thread_id, { assistant_id: prepared.assistant_id });
    assert.equal(run.status, 'completed');
    const { messages: [message], steps: [searched, written] } = await leftBy(api, run);
    const [found] = resultsOf(searched);
    assert.deepEqual([found.file_id, found.file_name, found.content], [ids[name], name, [{ type: 'text', text: texts[name] }]]);
    assert.ok(found.score > 0.5 && found.score <= 1, found.score);
    assert.deepEqual([searched.type, written.type], ['tool_calls', 'message_creation']);
    const [citation, ...others] = annotationsOf(message);
    assert.deepEqual(
      [citation.type, citation.text, citation.file_citation, others],
      ['file_citation', `【4:0†${name}】`, { file_id: ids[name] }, []],
    );
    assert.equal(textOf(message), `調べました📚 ${texts[name]}【4:0†${name}】`);
    assertOffsets(message);
  }
});

test('several files are cited in one text', async () => {
  const api = await connect('answers_from_files.yaml');
  const { store, ids } = await storeOf(api, texts);
  const prepared = await prepare(api, 'Compare the ferry with 小麦粉', { tools, tool_resources: inStore(store.id) });
  const run = await api.runs.createAndPoll(prepared.thread_id, { assistant_id: prepared.assistant_id });
  const { messages: [message], steps: [searched] } = await leftBy(api, run);
  const citations = annotationsOf(message);
  assert.deepEqual(citations.map(({ text }) => text.slice(0, 5)), ['【4:0†', '【4:1†']);
  assert.deepEqual(citations.map(({ file_citation }) => file_citation.file_id).toSorted(), Object.values(ids).toSorted());
  assert.deepEqual(
    citations.map(({ file_citation }) => file_citation.file_id),
    resultsOf(searched).map(({ file_id }) => file_id),
  );
  assertOffsets(message);
});

test('content of results is there on request alone', async () => {
  const api = await connect('answers_from_files.yaml');
  const { store } = await storeOf(api, texts);
  const prepared = await prepare(api, 'The ferry?', { tools, tool_resources: inStore(store.id) });
  const run = await api.runs.createAndPoll(prepared.thread_id, { assistant_id: prepared.assistant_id });
  const [with_] = await all(api.steps.list(run.thread_id, run.id, { include, order: 'asc' }));
  const [without] = await all(api.steps.list(run.thread_id, run.id, { order: 'asc' }));
  assert.ok(resultsOf(with_).every(({ content }) => content[0].text.length > 0));
  assert.ok(resultsOf(without).every((result) => !('content' in result)));
  const retrieved = await api.steps.retrieve(run.thread_id, run.id, with_.id, { include });
  assert.deepEqual(resultsOf(retrieved), resultsOf(with_));
});

// Row H, read with the SDK's helpers.
for (const scenario of ['answers_from_files.yaml', 'file_search_with_citations', 'citations_after_cjk']) {
  test(`${scenario}: a streamed search is what is read later`, async () => {
    const api = await connect(scenario);
    const { store } = await storeOf(api, texts);
    const { assistant_id, thread_id } = await prepare(api, 'The ferry?', { tools, tool_resources: inStore(store.id) });
    const stream = api.runs.stream(thread_id, { assistant_id, include });
    const told = [];
    for (const name of ['toolCallCreated', 'toolCallDone', 'textCreated', 'textDone', 'messageDone', 'runStepDone']) {
      stream.on(name, () => told.push(name));
    }
    const calls = [];
    const pieces = [];
    stream.on('toolCallCreated', (call) => calls.push(call.type));
    stream.on('textDelta', ({ value, annotations = [] }) => pieces.push([value, annotations.map(({ text }) => text)]));
    const streamed = { messages: await stream.finalMessages(), steps: await stream.finalRunSteps() };
    const run = await stream.finalRun();
    const read = await leftBy(api, run);
    assert.deepEqual(calls, ['file_search']);
    assert.deepEqual(told, [
      'toolCallCreated', 'toolCallDone', 'runStepDone', 'textCreated', 'textDone', 'messageDone', 'runStepDone',
    ]);
    assert.deepEqual(streamed.messages.map(contentOf), read.messages.map(contentOf));
    assert.deepEqual(streamed.steps.map(plainStep), read.steps.map(plainStep));
    assert.ok(annotationsOf(read.messages[0]).length > 0);
    [...streamed.messages, ...read.messages].forEach(assertOffsets);
    const marked = pieces.filter(([, markers]) => markers.length > 0);
    assert.equal(marked.length, annotationsOf(read.messages[0]).length);
    for (const [value, markers] of marked) assert.deepEqual(markers, [value]);
    assert.deepEqual((await streamsOf(api)).map(rowOf), [rows.H]);
  });
}

test('a store that is described with an assistant is made for good', async () => {
  const api = await connect('answers_from_files.yaml');
  const ids = await allUploaded(api, texts);
  const vector_stores = [{ file_ids: Object.values(ids), metadata: { made: 'for it' } }];
  const assistant = await newAssistant(api, { file_search: { vector_stores } });
  const { vector_store_ids, ...others } = assistant.tool_resources.file_search;
  assert.deepEqual([vector_store_ids.length, others], [1, {}]);
  const store = await settled(api, { id: vector_store_ids[0] });
  assert.deepEqual([countsOf(store), store.metadata, store.expires_at], [[0, 2, 0, 0, 2], { made: 'for it' }, null]);
  const thread = await api.threads.create({ messages: [user('The ferry?')] });
  const run = await api.runs.createAndPoll(thread.id, { assistant_id: assistant.id });
  const { messages: [message] } = await leftBy(api, run);
  assert.equal(annotationsOf(message)[0].file_citation.file_id, ids['ferry.md']);
});

test("a thread's store lives for a week, and its runs wait for its files", async () => {
  const api = await connect('answers_from_files.yaml');
  const ids = await allUploaded(api, texts);
  const { id: assistant_id } = await newAssistant(api);
  const vector_stores = [{ file_ids: Object.values(ids) }];
  const thread = await api.threads.create({
    messages: [user('The ferry?')], tool_resources: { file_search: { vector_stores } },
  });
  const run = await api.runs.createAndPoll(thread.id, { assistant_id });
  const { messages: [message] } = await leftBy(api, run);
  assert.equal(annotationsOf(message)[0]?.file_citation.file_id, ids['ferry.md']);
  const store = await api.vectorStores.retrieve(thread.tool_resources.file_search.vector_store_ids[0]);
  assert.deepEqual(store.expires_after, { anchor: 'last_active_at', days: 7 });
  assert.equal(store.expires_at, store.last_active_at + 7 * 86_400);
});

test('an attachment is put into the store of its thread', async () => {
  const api = await connect('answers_from_files.yaml');
  const ids = await allUploaded(api, texts);
  const { id: assistant_id } = await newAssistant(api);
  const both = [{ file_id: ids['ferry.md'], tools: [{ type: 'file_search' }, { type: 'code_interpreter' }] }];
  const thread = await api.threads.create({ messages: [user('Read this', both)] });
  const [first] = await all(api.messages.list(thread.id));
  assert.deepEqual(first.attachments, both);
  const attachments = [{ file_id: ids['パン.txt'], tools }];
  const message = await api.messages.create(thread.id, user('Where does the ferry leave?', attachments));
  assert.deepEqual(message.attachments, attachments);

  const { tool_resources } = await api.threads.retrieve(thread.id);
  assert.deepEqual(tool_resources.code_interpreter.file_ids, [ids['ferry.md']]);
  const [id] = tool_resources.file_search.vector_store_ids;
  const store = await settled(api, { id });
  assert.deepEqual([countsOf(store), store.expires_after.days], [[0, 2, 0, 0, 2], 7]);
  const run = await api.runs.createAndPoll(thread.id, { assistant_id });
  const { messages: [answer] } = await leftBy(api, run);
  assert.equal(annotationsOf(answer)[0].file_citation.file_id, ids['ferry.md']);
  await assertCountersAddUp(api);
});

test('messages that come with a run bring their attachments along', async () => {
  const api = await connect('answers_from_files.yaml');
  const ids = await allUploaded(api, texts);
  const attached = (name) => user('The ferry and 小麦粉?', [{ file_id: ids[name], tools }]);
  const { id: assistant_id } = await newAssistant(api);
  const thread = await api.threads.create();
  const additional_messages = [attached('ferry.md'), attached('パン.txt')];
  const run = await api.runs.createAndPoll(thread.id, { assistant_id, additional_messages });
  const { steps: [searched] } = await leftBy(api, run);
  assert.equal(resultsOf(searched).length, 2);

  const stream = api.threads.createAndRunStream({ assistant_id, thread: { messages: additional_messages } });
  const [message] = await stream.finalMessages();
  assert.equal(annotationsOf(message).length, 1);
  const { thread_id } = await stream.finalRun();
  const { tool_resources } = await api.threads.retrieve(thread_id);
  assert.deepEqual(Object.keys(tool_resources.file_search), ['vector_store_ids']);
});

test("results of the assistant's and the thread's store stand side by side", async () => {
  const api = await connect('answers_from_files.yaml');
  const ids = await allUploaded(api, texts);
  const storeWith = async (file_id) => (await settled(api, await api.vectorStores.create({ file_ids: [file_id] }))).id;
  const { id: assistant_id } = await newAssistant(api, inStore(await storeWith(ids['ferry.md'])));
  const thread = await api.threads.create({
    messages: [user('Compare the ferry with 小麦粉')],
    tool_resources: inStore(await storeWith(ids['パン.txt'])),
  });
  const run = await api.runs.createAndPoll(thread.id, { assistant_id });
  const { steps: [searched] } = await leftBy(api, run);
  const names = resultsOf(searched).map(({ file_name }) => file_name);
  assert.deepEqual(names.toSorted(), Object.keys(texts).toSorted());
});

test('the ranking of the tool is kept to and shown', async () => {
  const api = await connect('answers_from_files.yaml');
  const { store } = await storeOf(api, texts);
  const ranking_options = { ranker: 'default_2024_08_21', score_threshold: 0.4 };
  const prepared = await prepare(api, 'Where does the ferry to Hven leave from?', {
    tools: [{ type: 'file_search', file_search: { max_num_results: 1, ranking_options } }],
    tool_resources: inStore(store.id),
  });
  const run = await api.runs.createAndPoll(prepared.thread_id, { assistant_id: prepared.assistant_id });
  const { steps: [searched] } = await leftBy(api, run);
  const [{ file_search }] = searched.step_details.tool_calls;
  assert.deepEqual(file_search.ranking_options, ranking_options);
  assert.deepEqual(file_search.results.map(({ file_name }) => file_name), ['ferry.md']);
});

test('what was deleted is not found by a run', async () => {
  const api = await connect('answers_from_files.yaml');
  const { store, ids } = await storeOf(api, texts);
  const { id: assistant_id } = await newAssistant(api, inStore(store.id));
  const found = async () => {
    const thread = await api.threads.create({ messages: [user('The ferry and 小麦粉?')] });
    const run = await api.runs.createAndPoll(thread.id, { assistant_id });
    assert.equal(run.status, 'completed');
    const { steps: [searched] } = await leftBy(api, run);
    return resultsOf(searched).map(({ file_name }) => file_name);
  };
  assert.equal((await found()).length, 2);
  await api.files.delete(ids['ferry.md']);
  assert.deepEqual(await found(), ['パン.txt']);
  await api.vectorStores.delete(store.id);
  assert.deepEqual(await found(), []);
});

const unknownStore = `vs_${'0'.repeat(32)}`;
const unknownFile = `file-${'0'.repeat(22)}`;

test('nf.vs-ref: stores that are named must exist', async () => {
  const api = await connect('echo');
  const refusal = { message: `Vector store with id [${unknownStore}] not found.` };
  await refused(newAssistant(api, inStore(unknownStore)), 'NotFoundError', refusal);
  await refused(api.threads.create({ tool_resources: inStore(unknownStore) }), 'NotFoundError', refusal);
});

test('nf.files-in-body: files that are named must exist', async () => {
  const api = await connect('echo');
  const refusal = { message: `The following file IDs were not found: ${unknownFile}.` };
  const thread = await api.threads.create();
  const attachments = [{ file_id: unknownFile, tools }];
  const vector_stores = [{ file_ids: [unknownFile] }];
  await refused(newAssistant(api, { file_search: { vector_stores } }), 'NotFoundError', refusal);
  await refused(newAssistant(api, { code_interpreter: { file_ids: [unknownFile] } }), 'NotFoundError', refusal);
  await refused(api.messages.create(thread.id, user('Read this', attachments)), 'NotFoundError', refusal);
  assert.deepEqual(await all(api.messages.list(thread.id)), []);
  assert.deepEqual(await all(api.vectorStores.list()), []);
});

test('f.retrieval: an attachment that cannot be searched', async () => {
  const api = await connect('echo');
  const file_id = await uploaded(api, 'table.csv', 'a,b\n1,2\n');
  const thread = await api.threads.create();
  await refused(api.messages.create(thread.id, user('Read this', [{ file_id, tools }])), 'BadRequestError', {
    message:
      'Files with extensions [.csv] are not supported for retrieval. See ' +
      'https://platform.openai.com/docs/assistants/tools/file-search/supported-files',
    param: 'file_ids',
    code: 'unsupported_file',
  });
  const attachments = [{ file_id, tools: [{ type: 'code_interpreter' }] }];
  assert.equal((await api.messages.create(thread.id, user('Read this', attachments))).attachments.length, 1);
});

test('vs.expired.run: a run whose store has expired', async () => {
  const api = await connect('answers_from_files.yaml');
  const { store } = await storeOf(api, texts, { expires_after: { anchor: 'last_active_at', days: 1 } });
  const { assistant_id, thread_id } = await prepare(api, 'The ferry?', { tools, tool_resources: inStore(store.id) });
  await api.advance('24h');
  await refused(api.runs.create(thread_id, { assistant_id }), 'BadRequestError', {
    message: `Vector store ${store.id} is expired.`,
  });
});
