// What first_version.test.mjs runs under one `exec`: a program as often as it is started, in one folder. Writes, as
// JSON, how each start ended and what was in the folder then, all requests, and what the last start left behind.
//
//   node first_version_starts.mjs '{"starts": [{"command": ["program.mjs"], "input": "…"}]}'
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const { OPENAI_BASE_URL: base, OPENAI_API_KEY: key } = process.env;
const headers = { Authorization: `Bearer ${key}`, 'OpenAI-Beta': 'assistants=v1' };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'first-version-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));

function run({ command, input = '' }) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', input });
  const files = fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name), 'base64')]);
  return { status, stdout, stderr, files: Object.fromEntries(files) };
}

async function ask(resource) {
  const answer = await fetch(`${base}${resource}`, { headers });
  return { status: answer.status, body: await answer.json() };
}

const idsOf = async (resource) => (await ask(resource)).body.data.map(({ id }) => id);

// Threads cannot be listed.
async function threadsLeft(requests) {
  const made = requests.filter(({ method, answer }) => method === 'POST' && answer?.object === 'thread');
  const left = [];
  for (const id of new Set(made.map(({ answer }) => answer.id)))
    if ((await ask(`/threads/${id}`)).status !== 404) left.push(id);
  return left;
}

const starts = JSON.parse(process.argv[2]).starts.map(run);
const { data: requests } = (await ask('/_mock/journal?limit=1000')).body;
const left = [...(await idsOf('/assistants')), ...(await idsOf('/files')), ...(await threadsLeft(requests))];
console.log(JSON.stringify({ starts, requests, left }));
