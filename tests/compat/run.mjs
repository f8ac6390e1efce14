// Runs the suite with each SDK version, the pairs of clients with the newest and the programs of the first version with
// those of their time, then holds what the suite sent and got against the schema.
//
//   npm ci && node run.mjs [PROGRAM]
//
// PROGRAM is the mock; else ASSISTANTS_MOCK_PROGRAM, else ../../build/assistants-mock. A program, a
// node or a module that is missing is an error.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const versions = ['4.86.2', '4.104.0', '5.23.2', '6.7.0', '6.49.0', '7.55.0'];
// 4.86.2, the last that has vector stores under `beta`, is there for what needs them, and for files.
const testsOfBeta = 'beta_vector_stores.test.mjs';
const only = {
  '4.86.2': [testsOfBeta, 'file_batches.test.mjs', 'files.test.mjs', 'uploads.test.mjs', 'vector_stores.test.mjs'],
};
const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, 'node_modules');
const ownTest = 'schema_check.test.mjs'; // of the checker itself, and so of no SDK version
// Their programs have versions of their own.
const testOfClients = 'clients.test.mjs';
const testOfChecks = 'check.test.mjs';
const testOfFirstVersion = 'first_version.test.mjs';
const onTheirOwn = [ownTest, testOfClients, testOfChecks, testOfFirstVersion];

function fail(why) {
  console.error(`run.mjs: ${why}`);
  process.exit(2);
}

function findProgram() {
  const named = process.argv[2] ?? process.env.ASSISTANTS_MOCK_PROGRAM;
  const program = path.resolve(named ?? path.join(here, '../../build/assistants-mock'));
  try {
    fs.accessSync(program, fs.constants.X_OK);
  } catch {
    fail(`there is no program ${program}; build it, or name it: node run.mjs PROGRAM`);
  }
  return program;
}

// The node that runs this file where the SDK's `engines` allow it, else the one that npm installed.
function nodeFor(version) {
  const manifest = path.join(modules, `openai-${version}`, 'package.json');
  if (!fs.existsSync(manifest)) fail(`openai ${version} is not installed; run npm ci in ${here}`);
  const wanted = /^>=\s*(\d+)/.exec(JSON.parse(fs.readFileSync(manifest)).engines?.node ?? '>=20')?.[1];
  if (!wanted) fail(`openai ${version} names its node in a way that is not understood`);
  const installed = path.join(modules, '.bin', 'node');
  for (const node of [process.execPath, installed]) {
    const said = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '';
    if (Number(/^v(\d+)\./.exec(said)?.[1] ?? 0) >= Number(wanted)) return { node, nodeVersion: said.trim() };
  }
  return fail(`openai ${version} needs node ${wanted}; neither this one nor ${installed} is`);
}

// The counts of the reporter's last line; the lines before it are failures and are shown.
function runTests(node, files, environment, minutes = 2) {
  const reporter = new URL('reporter.mjs', import.meta.url).href;
  const limit = `--test-timeout=${minutes * 60_000}`;
  const ran = spawnSync(node, ['--test', limit, `--test-reporter=${reporter}`, ...files], {
    cwd: here,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = (ran.stdout ?? '').trimEnd().split('\n');
  const counts = JSON.parse(/^\{.*\}$/.exec(lines.at(-1))?.[0] ?? '{"passed":0,"failed":1,"skipped":0}');
  if (counts.failed || ran.status !== 0) console.log(lines.slice(0, -1).join('\n'));
  const good = ran.status === 0 && counts.passed + counts.skipped > 0 && counts.failed === 0;
  return { ...counts, good };
}

const tell = (what, { passed, failed, skipped }) =>
  console.log(`${what}: ${passed} passed, ${failed} failed, ${skipped} skipped`);

const program = findProgram();
const kept = process.env.ASSISTANTS_MOCK_EXCHANGES;
const exchanges = kept || fs.mkdtempSync(path.join(os.tmpdir(), 'exchanges-'));
fs.mkdirSync(exchanges, { recursive: true });
const isOfTheSuite = (name) => name.endsWith('.test.mjs') && !onTheirOwn.includes(name);
const suite = fs.readdirSync(here).filter(isOfTheSuite);

const testsOf = (version) => only[version] ?? suite.filter((name) => name !== testsOfBeta);

const nodes = new Map(versions.map((version) => [version, nodeFor(version)]));

const results = versions.map((version) => {
  const { node, nodeVersion } = nodes.get(version);
  const result = runTests(node, testsOf(version), {
    OPENAI_SDK_VERSION: version,
    ASSISTANTS_MOCK_PROGRAM: program,
    ASSISTANTS_MOCK_EXCHANGES: exchanges,
  });
  tell(`openai ${version} on node ${nodeVersion}`, result);
  return { ...result, good: result.good && result.skipped === 0 };
});
const newest = nodes.get(versions.at(-1));
results.push(runTests(newest.node, [testOfClients], { ASSISTANTS_MOCK_PROGRAM: program }, 10)); // two at a time
tell('fixtures/clients', results.at(-1));
results.push(runTests(newest.node, [testOfChecks], { ASSISTANTS_MOCK_PROGRAM: program }, 10));
tell('clients under check', results.at(-1));
results.push(runTests(newest.node, [testOfFirstVersion], { ASSISTANTS_MOCK_PROGRAM: program }));
tell('programs of the first version', results.at(-1));
results.push(runTests(process.execPath, [ownTest], {})); // skips where there is no schema
tell('the schema check on itself', results.at(-1));

const { checkDirectories } = await import('./schema_check.mjs');
const fitsSchema = await checkDirectories([exchanges]);
if (!fitsSchema) console.log(`what went over the wire is in ${exchanges}`);
else if (!kept) fs.rmSync(exchanges, { recursive: true });
const sum = (field) => results.reduce((total, result) => total + result[field], 0);
tell('in all', { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') });
process.exitCode = fitsSchema && results.every((result) => result.good) ? 0 : 1;
