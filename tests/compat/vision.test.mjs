// Pictures in messages of users: accepted, checked and kept.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, refused, replies, textOf } from './conversation.mjs';
import { uploaded } from './documents.mjs';

const picture = (file_id, detail) => ({ type: 'image_file', image_file: { file_id, ...(detail && { detail }) } });
const address = (url, detail = 'auto') => ({ type: 'image_url', image_url: { url, detail } });
const text = (value) => ({ type: 'text', text: value });

test('uploaded pictures and addresses stand beside text', async () => {
  const api = await connect('echo');
  const file_id = await uploaded(api, 'cat.png', 'not really one', 'vision');
  const thread = await api.threads.create({
    messages: [{ role: 'user', content: [text('Which is it?'), picture(file_id), address('https://example.com/dog.webp', 'low')] }],
  });
  const another = await api.messages.create(thread.id, {
    role: 'user', content: [picture(file_id, 'high'), text('And this?')],
  });
  const [first, second] = await all(api.messages.list(thread.id, { order: 'asc' }));
  assert.deepEqual(first.content.slice(1), [picture(file_id, 'auto'), address('https://example.com/dog.webp', 'low')]);
  assert.deepEqual([second.id, second.content[0]], [another.id, picture(file_id, 'high')]);
  assert.equal(textOf(second), 'And this?');
  const assistant = await api.assistants.create({ model: 'gpt-4o' });
  const run = await api.runs.createAndPoll(thread.id, { assistant_id: assistant.id });
  assert.deepEqual(await replies(api, run), ['You said: And this?']);
});

test('pictures go along with a run that is created with its thread', async () => {
  const api = await connect('echo');
  const file_id = await uploaded(api, 'cat.jpg', 'not really one', 'vision');
  const assistant = await api.assistants.create({ model: 'gpt-4o' });
  const run = await api.threads.createAndRunPoll({
    assistant_id: assistant.id,
    thread: { messages: [{ role: 'user', content: [picture(file_id), text('What is it?')] }] },
  });
  assert.deepEqual([run.status, await replies(api, run)], ['completed', ['You said: What is it?']]);
});

const unknown = `file-${'0'.repeat(22)}`;

test('nf.files-in-body: a picture that is not there', async () => {
  const api = await connect('echo');
  const thread = await api.threads.create();
  await refused(api.messages.create(thread.id, { role: 'user', content: [picture(unknown)] }), 'NotFoundError', {
    message: `The following file IDs were not found: ${unknown}.`,
  });
  assert.deepEqual(await all(api.messages.list(thread.id)), []);
});

test('v.image.file: a file that is no picture', async () => {
  const api = await connect('echo');
  const thread = await api.threads.create();
  const file_id = await uploaded(api, 'notes.txt', 'Hello');
  await refused(api.messages.create(thread.id, { role: 'user', content: [picture(file_id)] }), 'BadRequestError', {
    message: 'Invalid message content: Expected file type to be a supported format: .jpeg, .jpg, .png, .gif, .webp but got .txt.',
  });
});
