// What becomes of a run that is cancelled. A stream that is cancelled is row J in
// runs_streamed.test.mjs.
import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, ask, pollUntil, refused, replies, start } from './conversation.mjs';

const ended = ({ expires_at }) => expires_at === null;

// A run that the scenario has brought to `status`.
async function runIn(api, status) {
  const { run } = await pollUntil(api, await start(api, 'Hello'), (seen) => seen.status === status);
  return run;
}

const cannotCancel = (status) => ({ message: `Cannot cancel run with status '${status}'.` });

// T9, T10, T11. Scenario, status when the cancel comes, and the statuses of the steps it leaves.
const settling = [
  ['hangs_in_progress', 'in_progress', []],
  ['never_picked_up', 'queued', []],
  ['unanswered_tool', 'requires_action', ['cancelled']],
];

for (const [scenario, status, steps] of settling) {
  test(`a run that is ${status} is cancelling, then cancelled`, async () => {
    const api = await connect(scenario);
    const before = await runIn(api, status);
    const cancelling = await api.runs.cancel(before.thread_id, before.id);
    assert.deepEqual({ ...cancelling }, { ...before, status: 'cancelling', required_action: null });
    const { run, statuses } = await pollUntil(api, before, ended);
    assert.deepEqual(
      [statuses, run.cancelled_at !== null, run.completed_at, run.failed_at, run.usage !== null],
      [['cancelled'], true, null, null, true],
    );
    assert.deepEqual((await all(api.steps.list(run.thread_id, run.id))).map((step) => step.status), steps);
    assert.deepEqual(await replies(api, run), []);
    await refused(api.runs.cancel(run.thread_id, run.id), 'BadRequestError', cannotCancel('cancelled'));
  });
}

test('message_right_after_cancel: the thread stays locked until the cancel has settled', async () => {
  const api = await connect('message_right_after_cancel');
  const run = await runIn(api, 'in_progress');
  const { thread_id } = run;
  await api.runs.cancel(thread_id, run.id);
  await refused(api.runs.cancel(thread_id, run.id), 'BadRequestError', cannotCancel('cancelling'));
  await refused(api.messages.create(thread_id, { role: 'user', content: 'So?' }), 'BadRequestError', {
    message: `Can't add messages to ${thread_id} while a run ${run.id} is active.`,
  });
  const outputs = { tool_outputs: [{ tool_call_id: 'call_1', output: 'late' }] };
  await refused(api.runs.submitToolOutputs(thread_id, run.id, outputs), 'BadRequestError', {
    message: 'Runs in status "cancelling" do not accept tool outputs.',
  });
  const { statuses } = await pollUntil(api, run, ended);
  assert.deepEqual(statuses, [...Array(26).fill('cancelling'), 'cancelled']); // 30 s after the cancel
  await api.messages.create(thread_id, { role: 'user', content: 'Next' });
});

// T12.
test('cancel_too_late: the run completes although its cancel was accepted', async () => {
  const api = await connect('cancel_too_late');
  const run = await runIn(api, 'in_progress');
  assert.equal((await api.runs.cancel(run.thread_id, run.id)).status, 'cancelling');
  const settled = await api.runs.poll(run.thread_id, run.id);
  assert.deepEqual([settled.status, settled.cancelled_at], ['completed', null]);
  assert.deepEqual(await replies(api, settled), ['Here I am, whether you cancelled or not.']);
});

// T15.
test('cancel_never_settles: the run is cancelling until it expires', async () => {
  const api = await connect('cancel_never_settles');
  const run = await runIn(api, 'in_progress');
  await api.runs.cancel(run.thread_id, run.id);
  const { statuses } = await pollUntil(api, run, ended);
  assert.deepEqual([...new Set(statuses)], ['cancelling', 'expired']);
});

test('a completed run cannot be cancelled', async () => {
  const api = await connect('echo');
  const run = await ask(api, 'Hello');
  await refused(api.runs.cancel(run.thread_id, run.id), 'BadRequestError', cannotCancel('completed'));
});
