import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, functionTool, idsOf, refused } from './conversation.mjs';

test('an assistant is created with the defaults of the service', async () => {
  const api = await connect('echo');
  const assistant = await api.assistants.create({ model: 'gpt-4o' });
  assert.match(assistant.id, /^asst_[A-Za-z0-9]{24}$/);
  const defaults = {
    object: 'assistant', model: 'gpt-4o', name: null, description: null, instructions: null,
    tools: [], metadata: {}, temperature: 1, top_p: 1, response_format: 'auto',
  };
  for (const [field, value] of Object.entries(defaults)) assert.deepEqual(assistant[field], value, field);
});

test('an assistant keeps what it was created with', async () => {
  const api = await connect('echo');
  const body = {
    model: 'gpt-4o-mini',
    name: 'Guide',
    description: 'Knows the way.',
    instructions: 'Be brief.',
    metadata: { city: 'Oslo' },
    temperature: 0.5,
    top_p: 0.25,
    response_format: { type: 'json_object' },
  };
  const tools = [functionTool('get_weather'), { type: 'code_interpreter' }];
  const created = await api.assistants.create({ ...body, tools });
  const read = await api.assistants.retrieve(created.id);
  assert.deepEqual({ ...read }, { ...created });
  for (const [field, value] of Object.entries(body)) assert.deepEqual(read[field], value, field);
  const told = read.tools.map((tool) => tool.function?.name ?? tool.type);
  assert.deepEqual(told, ['get_weather', 'code_interpreter']);
});

test('an update changes what it names and nothing else', async () => {
  const api = await connect('echo');
  const created = await api.assistants.create({ model: 'gpt-4o', name: 'Before', instructions: 'Be brief.' });
  const updated = await api.assistants.update(created.id, { name: 'After', metadata: { seen: 'yes' } });
  assert.deepEqual({ ...updated }, { ...created, name: 'After', metadata: { seen: 'yes' } });
  assert.deepEqual({ ...(await api.assistants.retrieve(created.id)) }, { ...updated });
});

test('a deleted assistant is gone', async () => {
  const api = await connect('echo');
  const { id } = await api.assistants.create({ model: 'gpt-4o' });
  const answer = await api.assistants.delete(id);
  assert.deepEqual({ ...answer }, { id, object: 'assistant.deleted', deleted: true });
  const gone = { message: `No assistant found with id '${id}'.` };
  await refused(api.assistants.retrieve(id), 'NotFoundError', gone);
  await refused(api.assistants.delete(id), 'NotFoundError', gone);
  assert.deepEqual(await all(api.assistants.list()), []);
});

async function createMany(api, count) {
  const created = [];
  while (created.length < count) created.push(await api.assistants.create({ model: 'gpt-4o' }));
  return idsOf(created);
}

for (const order of ['desc', 'asc']) {
  test(`45 assistants are paged through, ${order}`, async () => {
    const api = await connect('echo');
    const created = await createMany(api, 45);
    const expected = order === 'asc' ? created : created.toReversed();
    assert.deepEqual(idsOf(await all(api.assistants.list({ limit: 20, order }))), expected);
    const lists = (await api.wire()).filter(({ method }) => method === 'GET');
    const pages = lists.map(({ body }) => [body.data.length, body.has_more, body.first_id, body.last_id]);
    assert.deepEqual(pages, [
      [20, true, expected[0], expected[19]],
      [20, true, expected[20], expected[39]],
      [5, false, expected[40], expected[44]],
    ]);
  });
}

test('a page begins after one assistant or ends before another', async () => {
  const api = await connect('echo');
  const [one, two, three, four] = await createMany(api, 4);
  const page = async (query) => idsOf((await api.assistants.list(query)).data);
  assert.deepEqual(await page({ after: three }), [two, one]);
  assert.deepEqual(await page({ order: 'asc', after: two }), [three, four]);
  assert.deepEqual(await page({ before: three }), [four]);
  assert.deepEqual(await page({ order: 'asc', before: three }), [one, two]);
  assert.deepEqual(await page({ after: one }), []);
});

test('the SDK asks for the next page itself', async () => {
  const api = await connect('echo');
  const [one, two, three] = await createMany(api, 3);
  const first = await api.assistants.list({ limit: 2 });
  assert.equal(first.hasNextPage(), true);
  const second = await first.getNextPage();
  assert.deepEqual([idsOf(first.data), idsOf(second.data)], [[three, two], [one]]);
  assert.equal(second.hasNextPage(), false);
});
