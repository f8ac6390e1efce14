// The clients of fixtures/clients, each under the scenario of its name: the buggy one goes wrong in the
// way that clients.json says, the careful one reports what it should.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { mutate } from '../../fixtures/clients/checked/mutate.mjs';
import { mutants } from '../../fixtures/clients/checked/mutants.mjs';

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));
const mock = process.env.ASSISTANTS_MOCK_PROGRAM ?? beside('../../build/assistants-mock');
const folder = beside('../../fixtures/clients');
const pairs = JSON.parse(fs.readFileSync(`${folder}/clients.json`, 'utf8'));
// All clients end by themselves, within about two seconds; this is for one that does not.
const patienceMs = 60_000;

// How a client ended: its exit status, the line that it reported, and what it complained of.
function play(scenario, client, flags) {
  const file = `${folder}/${scenario}/${client}.mjs`;
  const command = ['exec', '--scenario', scenario, ...flags, '--', process.execPath, file];
  return new Promise((resolve) => {
    execFile(mock, command, { timeout: patienceMs }, (error, line, complaints) =>
      resolve({ status: error?.signal ?? error?.code ?? 0, line: line.trim(), complaints }),
    );
  });
}

const waysToGoWrong = {
  // It has a bug that never ends; shared.mjs stops it after so many requests and says so.
  hangs: ({ status, complaints }, words) =>
    complaints.includes('still asking after') && complaints.includes(words) && status === 1,
  crashes: ({ status, complaints }, words) => complaints.includes(words) && status === 1,
  reports: ({ status, line }, words) => line === words && status === 0,
};

describe('A scenario tells its two clients apart', { concurrency: 2 }, () => {
  for (const [scenario, { exec = [], buggy, careful }] of Object.entries(pairs))
    it(scenario, async () => {
      const good = await play(scenario, 'careful', exec);
      assert.equal(good.line, careful, good.complaints);
      assert.equal(good.status, 0, good.complaints);
      const bad = await play(scenario, 'buggy', exec);
      assert.notEqual(bad.line, careful);
      const [[way, words]] = Object.entries(buggy);
      assert.ok(waysToGoWrong[way](bad, words), `${way} with ${words} was expected of it, and it: ${inspect(bad)}`);
    });
});

const noPairs = ['checked', 'first_version'];
const firstLine = (file) => /^\/\/ (.*)$/m.exec(fs.readFileSync(file, 'utf8'))[1];

it('clients.json and the table of README.md have all pairs', () => {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const folders = names.filter((name) => !noPairs.includes(name));
  assert.deepEqual(Object.keys(pairs).toSorted(), folders.toSorted());
  const readme = fs.readFileSync(`${folder}/README.md`, 'utf8');
  for (const name of folders) {
    const row = `| [${name}](${name}/) | ${firstLine(`${folder}/${name}/buggy.mjs`)} |`;
    assert.ok(readme.includes(row), `README.md lacks the row ${row}`);
  }
});

it('each mutant of the careful client can be written, and is a row of the table', () => {
  const readme = fs.readFileSync(`${folder}/checked/README.md`, 'utf8');
  const folderOfMutants = fs.mkdtempSync(path.join(os.tmpdir(), 'mutants-'));
  try {
    for (const { name, case: number, bug } of mutants) {
      mutate(name, folderOfMutants);
      assert.ok(readme.includes(`| \`${name}\` | ${number} | ${bug} |`), `README.md lacks the row of ${name}`);
    }
  } finally {
    fs.rmSync(folderOfMutants, { recursive: true });
  }
});
