import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, ask, idsOf, refused, textOf } from './conversation.mjs';

async function emptyThread(api) {
  return (await api.threads.create()).id;
}

test('a message written as text is read as a text part', async () => {
  const api = await connect('echo');
  const thread_id = await emptyThread(api);
  const body = { role: 'user', content: 'Hello', metadata: { page: '1' } };
  const message = await api.messages.create(thread_id, body);
  assert.match(message.id, /^msg_[A-Za-z0-9]{24}$/);
  const expected = {
    object: 'thread.message', role: 'user', metadata: { page: '1' },
    content: [{ type: 'text', text: { value: 'Hello', annotations: [] } }],
    thread_id, assistant_id: null, run_id: null, attachments: [],
  };
  for (const [field, value] of Object.entries(expected)) assert.deepEqual(message[field], value, field);
  assert.deepEqual({ ...(await api.messages.retrieve(thread_id, message.id)) }, { ...message });
});

test('content parts keep their order and kinds', async () => {
  const api = await connect('echo');
  const thread_id = await emptyThread(api);
  const { content } = await api.messages.create(thread_id, {
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
      { type: 'image_url', image_url: { url: 'https://example.com/dog.png', detail: 'low' } },
    ],
  });
  assert.deepEqual(content, [
    { type: 'text', text: { value: 'What is this?', annotations: [] } },
    { type: 'image_url', image_url: { url: 'https://example.com/cat.png', detail: 'auto' } },
    { type: 'image_url', image_url: { url: 'https://example.com/dog.png', detail: 'low' } },
  ]);
});

test('a message is updated and deleted', async () => {
  const api = await connect('echo');
  const thread_id = await emptyThread(api);
  const message = await api.messages.create(thread_id, { role: 'user', content: 'Hello' });
  const updated = await api.messages.update(thread_id, message.id, { metadata: { read: 'yes' } });
  assert.deepEqual([updated.id, updated.metadata], [message.id, { read: 'yes' }]);
  assert.deepEqual((await api.messages.retrieve(thread_id, message.id)).metadata, { read: 'yes' });

  const answer = await api.messages.delete(thread_id, message.id);
  assert.deepEqual({ ...answer }, { id: message.id, object: 'thread.message.deleted', deleted: true });
  await refused(api.messages.retrieve(thread_id, message.id), 'NotFoundError', {
    message: `No message found with id '${message.id}'.`,
  });
  assert.deepEqual(await all(api.messages.list(thread_id)), []);
});

test('messages are paged through, newest first unless asked otherwise', async () => {
  const api = await connect('echo');
  const thread_id = await emptyThread(api);
  const ids = [];
  for (let number = 0; number < 25; number++) {
    ids.push((await api.messages.create(thread_id, { role: 'user', content: `Message ${number}` })).id);
  }
  assert.deepEqual(idsOf(await all(api.messages.list(thread_id))), ids.toReversed());
  assert.deepEqual(idsOf(await all(api.messages.list(thread_id, { order: 'asc', limit: 10 }))), ids);
  const page = await api.messages.list(thread_id, { after: ids[12], limit: 2 });
  assert.deepEqual([idsOf(page.data), page.has_more], [[ids[11], ids[10]], true]);
});

test('a run finds its own messages by run_id', async () => {
  const api = await connect('echo');
  const first = await ask(api, 'One');
  await api.messages.create(first.thread_id, { role: 'user', content: 'Two' });
  const second = await api.runs.createAndPoll(first.thread_id, { assistant_id: first.assistant_id });
  for (const [run, text] of [[first, 'You said: One'], [second, 'You said: Two']]) {
    const messages = await all(api.messages.list(run.thread_id, { run_id: run.id }));
    assert.deepEqual(
      messages.map((message) => [message.role, message.run_id, message.assistant_id, textOf(message)]),
      [['assistant', run.id, run.assistant_id, text]],
    );
  }
  assert.equal((await all(api.messages.list(first.thread_id))).length, 4);
});
