import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, refused, textOf } from './conversation.mjs';

test('a thread is created empty, read, updated and deleted', async () => {
  const api = await connect('echo');
  const created = await api.threads.create();
  assert.match(created.id, /^thread_[A-Za-z0-9]{24}$/);
  assert.deepEqual([created.object, created.metadata], ['thread', {}]);
  assert.equal((await api.threads.retrieve(created.id)).created_at, created.created_at);
  assert.deepEqual(await all(api.messages.list(created.id)), []);

  const updated = await api.threads.update(created.id, { metadata: { topic: 'rain' } });
  assert.deepEqual([updated.id, updated.metadata], [created.id, { topic: 'rain' }]);
  assert.deepEqual((await api.threads.retrieve(created.id)).metadata, { topic: 'rain' });

  const answer = await api.threads.delete(created.id);
  assert.deepEqual({ ...answer }, { id: created.id, object: 'thread.deleted', deleted: true });
  const gone = { message: `No thread found with id '${created.id}'.` };
  await refused(api.threads.retrieve(created.id), 'NotFoundError', gone);
  await refused(api.messages.create(created.id, { role: 'user', content: 'Hello?' }), 'NotFoundError', gone);
});

test('a thread is created with messages, in their order', async () => {
  const api = await connect('echo');
  const { id } = await api.threads.create({
    metadata: { topic: 'greetings' },
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hello yourself' },
      { role: 'user', content: 'How are you?', metadata: { mood: 'curious' } },
    ],
  });
  const messages = await all(api.messages.list(id, { order: 'asc' }));
  assert.deepEqual(messages.map((message) => [message.role, textOf(message)]), [
    ['user', 'Hello'],
    ['assistant', 'Hello yourself'],
    ['user', 'How are you?'],
  ]);
  assert.deepEqual(messages[2].metadata, { mood: 'curious' });
  assert.deepEqual(messages.map((message) => [message.thread_id, message.run_id]), Array(3).fill([id, null]));
});
