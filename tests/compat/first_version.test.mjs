// The programs of fixtures/clients/first_version with the SDKs of that time, each under `exec` and the scenario of
// its name: what they print, that they leave nothing behind, and what an upgrade to the second version changes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sizeOfPng } from './png.mjs';

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));
const mock = process.env.ASSISTANTS_MOCK_PROGRAM ?? beside('../../build/assistants-mock');
const folder = beside('../../fixtures/clients/first_version');
const ofTheFirst = ['4.16.0', '4.20.1', '4.36.0'];
const ofTheSecond = '4.37.0';
const patienceMs = 60_000;

// `program` with the SDK of `version`, started once for each of `starts`: its arguments and what is typed.
function play(program, version, starts = [{}]) {
  const file = `${folder}/${program}.mjs`;
  const commands = starts.map(({ words = [], input }) => ({ command: [file, ...words], input }));
  const scenario = `${folder}/${program}.yaml`;
  const inside = [process.execPath, beside('first_version_starts.mjs'), JSON.stringify({ starts: commands })];
  const env = { ...process.env, OPENAI_SDK: version, POLL_PAUSE_MS: '1' };
  return new Promise((resolve, reject) => {
    const limits = { env, maxBuffer: 1 << 26, timeout: patienceMs };
    execFile(mock, ['exec', '--scenario', scenario, '--', ...inside], limits, (error, said, complaints) =>
      error ? reject(new Error(`${error.message}\n${complaints}`)) : resolve(JSON.parse(said)),
    );
  });
}

// The values of the header, in whatever case it came, each once. Files are no part of the beta.
function headersOf(requests, name) {
  const sent = requests.flatMap(({ headers }) => Object.entries(headers));
  return [...new Set(sent.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value))];
}

// All that the starts printed. They ended well, were of that version on the wire too, and left nothing.
function printed({ starts, requests, left }, version) {
  for (const { status, stderr } of starts) assert.equal(status, 0, stderr);
  assert.deepEqual(headersOf(requests, 'user-agent'), [`OpenAI/JS ${version}`]);
  const beta = version === ofTheSecond ? 'assistants=v2' : 'assistants=v1';
  assert.deepEqual(headersOf(requests, 'openai-beta'), [beta]);
  assert.deepEqual(left, []);
  return starts.map(({ stdout }) => stdout);
}

const quickStart = `The run is queued.
The run is in_progress.
The run is completed.
Code: 300 / 75 gives 4.0
user: I have 300 g of lentils. For how many people is that?
assistant: Chef, 300 g of lentils are enough for four people.
assistant: Do you have onions as well?
`;

const typed = 'Which room needs most?\nDraw both.\nSend it to my landlord.\nThanks\n\n';
const chat = `you: Which room needs most?
  read_meter {"room":"kitchen"} -> {"room":"kitchen","kwh":41}
  read_meter {"room":"bath"} -> {"room":"bath","kwh":12}
house: The kitchen, with 41 kWh; the bath had 12.
you: Draw both.
house: [image-1.png]
house: Here are both rooms.
you: Send it to my landlord.
(failed: Sorry, something went wrong.)
you: Thanks
house: You said: Thanks
deleted: 1 image, the thread, the assistant
`;

const attachedFiles = `opening_hours.md: 82 bytes, processed
prices.txt: 74 bytes, processed
visitors.csv: 37 bytes, processed
tools: retrieval,code_interpreter
The assistant has: opening_hours.md
one more assistant.file
The assistant has: opening_hours.md, prices.txt

When does the pool open?
The run had 2 files, and called retrieval.
This is what I found [1]: # Opening hours

The pool opens at six in the morning and closes at ten at night.

[1] opening_hours.md

What is the price of a sauna ticket?
The run had 2 files, and called retrieval.
This is what I found [1]: A ticket for the sauna costs twelve euros. Towels are lent for two euros.

[1] prices.txt

How many visitors were there? (with visitors.csv)
The run had 2 files, and called code_interpreter.
There were 590 visitors.

thread.message.file: visitors.csv
assistant.file.deleted
The assistant has: opening_hours.md
`;

// These have nothing that the second version lacks.
for (const version of [...ofTheFirst, ofTheSecond])
  describe(`openai ${version}`, { concurrency: 2 }, () => {
    it('quick_start: a run writes two messages', async () => {
      assert.deepEqual(printed(await play('quick_start', version), version), [quickStart]);
    });

    it('saved_ids: a second start finds assistant and thread again', async () => {
      const lines = ['My name is Ada.', 'What is my name?', '--forget'];
      const played = await play('saved_ids', version, lines.map((line) => ({ words: ['ids.json', line] })));
      const kept = played.starts.map(({ files }) => files['ids.json']);
      const { assistant, thread } = JSON.parse(Buffer.from(kept[0], 'base64'));
      assert.deepEqual(printed(played, version), [
        `new: Companion ${assistant}, ${thread}\nHello, Ada. I will remember that. (2 messages)\n`,
        `again: Companion ${assistant}, ${thread}\nYour name is Ada. (4 messages)\n`,
        `again: Companion ${assistant}, ${thread}\nforgotten: thread.deleted true, assistant.deleted true\n`,
      ]);
      assert.deepEqual(kept, [kept[0], kept[0], undefined]);
    });

    it('chat_loop: functions are called, images saved, and all of it deleted', async () => {
      const played = await play('chat_loop', version, [{ input: typed }]);
      assert.deepEqual(printed(played, version), [chat]);
      const { files } = played.starts[0];
      assert.deepEqual(Object.keys(files), ['image-1.png']);
      const { width, height } = sizeOfPng(Buffer.from(files['image-1.png'], 'base64'));
      assert.ok(width > 1 && height > 1);
    });
  });

describe('attached_files: files of an assistant and of a message', { concurrency: 2 }, () => {
  for (const version of ofTheFirst)
    it(version, async () => {
      assert.deepEqual(printed(await play('attached_files', version), version), [attachedFiles]);
    });

  it('the tool as the types of 4.16.0 spelt it', async () => {
    const played = await play('attached_files', '4.16.0', [{ words: ['retreival'] }]);
    assert.deepEqual(printed(played, '4.16.0'), [attachedFiles]);
  });

  it(`${ofTheSecond} asks for the second version, which knows no file_ids`, async () => {
    const { starts, requests } = await play('attached_files', ofTheSecond);
    const uploads = attachedFiles.split('\n').slice(0, 3).join('\n');
    assert.deepEqual([starts[0].status, starts[0].stdout], [1, `${uploads}\n`]);
    assert.match(starts[0].stderr, /^BadRequestError: 400 /m);
    assert.equal(requests.at(-1).refusal, 'v.unknown');
    assert.deepEqual(requests.at(-1).answer.error, {
      message: "Unknown parameter: 'file_ids'.",
      type: 'invalid_request_error',
      param: 'file_ids',
      code: 'unknown_parameter',
    });
  });
});

// Without the line that README.md shows they would ask the real service.
it('versions before 4.21.0 do not look at OPENAI_BASE_URL', async () => {
  const { OPENAI_BASE_URL: before } = process.env;
  const address = 'http://127.0.0.1:9/v1';
  process.env.OPENAI_BASE_URL = address;
  try {
    const found = {};
    for (const version of ofTheFirst) {
      const { default: OpenAI } = await import(`openai-${version}`);
      found[version] = new OpenAI({ apiKey: 'sk' }).baseURL;
      assert.equal(new OpenAI({ apiKey: 'sk', baseURL: process.env.OPENAI_BASE_URL }).baseURL, address);
    }
    const real = 'https://api.openai.com/v1';
    assert.deepEqual(found, { '4.16.0': real, '4.20.1': real, '4.36.0': address });
  } finally {
    if (before === undefined) delete process.env.OPENAI_BASE_URL;
    else process.env.OPENAI_BASE_URL = before;
  }
});

// Ids by what they name, moments as such: they differ from run to run, or as requests are more.
function settled(name, value) {
  if (name.endsWith('_at') && value !== null) return 'a moment';
  if (typeof value !== 'string') return value;
  return value.replace(/\b((asst|thread|msg|run|step|call|vs)_|file-)\w{20,}/g, '$1…');
}

const isPlain = (value) => typeof value === 'object' && value !== null;
const shown = (value) => (value === undefined ? 'absent' : `\`${JSON.stringify(value)}\``);

// Where two of what clients saw differ: the place, and what is there.
function differences(place, before, after) {
  const bothLists = Array.isArray(before) && Array.isArray(after) && before.length === after.length;
  const bothMaps = [before, after].every((value) => isPlain(value) && !Array.isArray(value));
  if (!bothLists && !bothMaps)
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [[place, before, after]];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const inside = (name) => (bothLists ? `${place}[${name}]` : `${place && `${place}.`}${name}`);
  return [...names].flatMap((name) => differences(inside(name), before[name], after[name]));
}

it('upgrade_path: what a client sees of the two versions differs as README.md says', async () => {
  const seen = [];
  for (const version of [ofTheFirst.at(-1), ofTheSecond]) {
    const [said] = printed(await play('upgrade_path', version), version);
    seen.push(JSON.parse(said, settled));
  }
  const rows = differences('', ...seen).map(
    ([place, before, after]) => `| \`${place}\` | ${shown(before)} | ${shown(after)} |`,
  );
  const readme = fs.readFileSync(`${folder}/README.md`, 'utf8');
  const table = /<!-- differences -->\n.*\n\|---.*\n([^]*?)<!-- end of differences -->/.exec(readme)?.[1];
  assert.deepEqual(rows, table?.trim().split('\n'), `README.md should have:\n${rows.join('\n')}`);
});
