// The ways a run ends that is not completed, as a poller meets them. How streams tell of them is in
// runs_streamed.test.mjs, what a cancel does in cancel.test.mjs.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, ask, outputsFor, pollUntil, prepare } from './conversation.mjs';
import { refused, replies, start, textOf } from './conversation.mjs';

async function messagesOf(api, run) {
  const messages = await all(api.messages.list(run.thread_id, { run_id: run.id, order: 'asc' }));
  return messages.map((message) => [textOf(message), message.status, message.incomplete_details?.reason]);
}

async function stepsOf(api, run) {
  return (await all(api.steps.list(run.thread_id, run.id))).map((step) => [step.type, step.status]);
}

// T7. Scenario, last_error.code, its message, and what is left of an answer.
const failures = [
  ['fails_server_error', 'server_error', /^Sorry, something went wrong\.$/, []],
  ['fails_quota', 'rate_limit_exceeded', /^You exceeded your current quota, .*\/api-errors\.$/, []],
  ['fails_rate_limit_in_run', 'rate_limit_exceeded', /^Rate limit reached .*Please try again in 2\.13s\./, []],
  ['fails_unknown_code', 'invalid_image_url', /^Error while downloading https:\/\/\S+\.$/, []],
  ['fails_mid_message', 'server_error', /^Sorry, something went wrong\.$/,
    [['The most important thing to know about this is', 'incomplete', 'run_failed']]],
];

for (const [scenario, code, message, messages] of failures) {
  test(`${scenario}: failed, ${code}`, async () => {
    const api = await connect(scenario);
    const run = await ask(api, 'Hello');
    assert.deepEqual([run.status, run.last_error.code], ['failed', code]);
    assert.match(run.last_error.message, message);
    assert.ok(run.failed_at !== null && run.usage !== null);
    assert.deepEqual([run.completed_at, run.expires_at], [null, null]);
    assert.deepEqual(await messagesOf(api, run), messages);
    for (const [, status] of await stepsOf(api, run)) assert.equal(status, 'failed');
    await api.messages.create(run.thread_id, { role: 'user', content: 'Once more' }); // the thread is free
  });
}

test('fails_twice_then_works: a third run on the same thread succeeds', async () => {
  const api = await connect('fails_twice_then_works');
  const { assistant_id, thread_id } = await prepare(api, 'Hello');
  const statuses = [];
  let run;
  for (let attempt = 0; attempt < 3; attempt++) {
    run = await api.runs.createAndPoll(thread_id, { assistant_id });
    statuses.push(run.status);
  }
  assert.deepEqual(statuses, ['failed', 'failed', 'completed']);
  assert.deepEqual(await replies(api, run), ['Now it works. You said: Hello']);
});

test('fails_after_outputs: the outputs are kept, the run fails', async () => {
  const api = await connect('fails_after_outputs');
  const waiting = await ask(api, 'Buy it');
  const outputs = outputsFor(waiting, () => 'charged');
  const run = await api.runs.submitToolOutputsAndPoll(waiting.thread_id, waiting.id, outputs);
  assert.deepEqual([run.status, run.last_error.code], ['failed', 'server_error']);
  const [step] = await all(api.steps.list(run.thread_id, run.id));
  assert.deepEqual([step.status, step.step_details.tool_calls[0].function.output], ['completed', 'charged']);
});

// T8. completed_at is set although the run is not completed.
const incompletes = [
  ['out_of_completion_tokens', 'max_completion_tokens',
    [['There are five reasons for this. The first of them is that', 'incomplete', 'max_tokens']],
    [['message_creation', 'completed']]],
  ['out_of_prompt_tokens', 'max_prompt_tokens', [], []],
  ['content_filter', 'content_filter',
    [['I can tell you that', 'incomplete', 'content_filter']],
    [['message_creation', 'completed']]],
];

for (const [scenario, reason, messages, steps] of incompletes) {
  test(`${scenario}: incomplete, ${reason}`, async () => {
    const api = await connect(scenario);
    const run = await ask(api, 'Hello');
    assert.deepEqual([run.status, run.incomplete_details], ['incomplete', { reason }]);
    assert.ok(run.completed_at !== null && run.usage !== null);
    assert.deepEqual([run.failed_at, run.expires_at, run.last_error], [null, null, null]);
    assert.deepEqual([await messagesOf(api, run), await stepsOf(api, run)], [messages, steps]);
  });
}

// T13: in stepped time each request takes a second, so 600 of them reach the deadline.
test('unanswered_tool: the run expires at the 600th poll', async () => {
  const api = await connect('unanswered_tool');
  const created = await start(api, 'Is it ready?');
  const { run, statuses } = await pollUntil(api, created, ({ status }) => status === 'expired');
  assert.deepEqual(
    [statuses.length, statuses[0], statuses[1], statuses.at(-2)],
    [600, 'in_progress', 'requires_action', 'requires_action'],
  );
  assert.deepEqual([run.required_action, run.expires_at, run.last_error], [null, null, null]);
  assert.deepEqual(await stepsOf(api, run), [['tool_calls', 'expired']]);
  const late = { tool_outputs: [{ tool_call_id: 'call_late', output: 'yes' }] };
  await refused(api.runs.submitToolOutputs(run.thread_id, run.id, late), 'BadRequestError', {
    message: 'Runs in status "expired" do not accept tool outputs.',
  });
  await api.messages.create(run.thread_id, { role: 'user', content: 'Never mind' });
});

// T14.
const hanging = [
  ['hangs_in_progress', [], []],
  ['never_picked_up', [], []],
  ['hangs_mid_message',
    [['The answer to that is', 'incomplete', 'run_expired']],
    [['message_creation', 'expired']]],
];

for (const [scenario, messages, steps] of hanging) {
  test(`${scenario}: the SDK's poller waits until the run expires`, async () => {
    const api = await connect(scenario);
    const run = await ask(api, 'Hello');
    assert.equal(run.status, 'expired');
    assert.deepEqual([run.expires_at, run.failed_at, run.cancelled_at], [null, null, null]);
    assert.deepEqual([await messagesOf(api, run), await stepsOf(api, run)], [messages, steps]);
  });
}
