// `assistants-mock check` on clients in Node: the careful one breaks no rule, mutants of it are told by
// the rule that they break, and a bug of an old SDK is found by who knows nothing of it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { mutate } from '../../fixtures/clients/checked/mutate.mjs';

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));
const mock = process.env.ASSISTANTS_MOCK_PROGRAM ?? beside('../../build/assistants-mock');
const folder = beside('../../fixtures/clients/checked');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'checks-'));
after(() => fs.rmSync(scratch, { recursive: true }));

// What `check` says of a client, and its exit status.
function check(name, flags, command, environment = {}) {
  const out = path.join(scratch, name);
  const words = ['check', '--out', out, '--shrink', '60', ...flags, '--', process.execPath, ...command];
  const env = { ...process.env, ...environment };
  return new Promise((resolve) => {
    execFile(mock, words, { env, maxBuffer: 1 << 26 }, (error, said, complaints) => {
      const report = path.join(out, 'report.json');
      const told = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : undefined;
      resolve({ status: error?.code ?? 0, said, complaints, report: told });
    });
  });
}

// Fewer cases than anybody would check a client with: enough to see that a change of the checker or of
// the client has broken something.
describe('The careful client breaks no rule', () => {
  for (const [profile, cases] of [
    ['gentle', '40'],
    ['rough', '60'],
  ])
    it(profile, async () => {
      const told = await check(profile, ['--profile', profile, '--cases', cases], [`${folder}/careful.mjs`]);
      assert.equal(told.status, 0, told.said + told.complaints);
    });
});

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

it('The careful client breaks no rule as a service, either', async () => {
  const port = await freePort();
  const request = ['--request', `curl -sS --fail-with-body http://127.0.0.1:${port}/`];
  const told = await check('service', ['--cases', '100', ...request], [`${folder}/service.mjs`, String(port)]);
  assert.equal(told.status, 0, told.said + told.complaints);
});

// Of each group one that is found soon.
const rules = {
  message_from_tool_handler: 'thread.locked_message',
  double_cancel: 'run.late_cancel',
  incomplete_is_no_end: 'polling.after_end',
  stale_call_ids: 'tools.ids',
  completed_at_means_completed: 'report.incomplete_as_whole',
  output_not_a_string: 'request.refused',
};

describe('A mutant is told by the rule that it breaks', () => {
  for (const [mutant, rule] of Object.entries(rules))
    it(mutant, async () => {
      mutate(mutant, path.join(scratch, `${mutant}.client`));
      const told = await check(mutant, [], [path.join(scratch, `${mutant}.client`, 'careful.mjs')]);
      assert.equal(told.status, 1, told.said + told.complaints);
      assert.equal(told.report.broken[0].rule, rule, told.said);
      assert.ok(told.report.broken[0].lines <= 5, told.said);
    });
});

describe('The poller of the SDK', () => {
  const poller = [`${folder}/poll_helper.mjs`];

  // https://github.com/openai/openai-node/pull/846, in 4.47.0
  it('of 4.46.1 polls an incomplete run for ever', async () => {
    const told = await check('4.46.1', [], poller, { OPENAI_SDK: '4.46.1' });
    assert.equal(told.status, 1, told.said + told.complaints);
    const [{ rule, scenario }] = told.report.broken;
    assert.equal(rule, 'polling.after_end', told.said);
    assert.match(scenario, /^runs:\n {2}- do:\n {6}- incomplete: \w+\n$/m);
  });

  // What is read afterwards is the program's own, which looks once.
  it('of 7.55.0 stops', async () => {
    const flags = ['--profile', 'gentle', '--cases', '40', '--rules', 'reply.unread=off'];
    const told = await check('7.55.0', flags, poller);
    assert.equal(told.status, 0, told.said + told.complaints);
  });
});
