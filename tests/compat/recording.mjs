// Writes down every exchange that goes through a `fetch`, in the form that schema_check.mjs reads.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const underWay = new Set();
let file;

function append(exchange) {
  if (!file) {
    const { ASSISTANTS_MOCK_EXCHANGES: named, OPENAI_SDK_VERSION: version = 'latest' } = process.env;
    const directory = named || fs.mkdtempSync(path.join(os.tmpdir(), 'exchanges-'));
    file = path.join(directory, `${version}-${process.pid}.jsonl`);
  }
  fs.appendFileSync(file, `${JSON.stringify(exchange)}\n`);
}

// The events of a stream's text. `data` stays text where it is not JSON ("[DONE]").
export function parseEvents(text) {
  return text.split('\n\n').filter(Boolean).map((block) => {
    const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
    if (!event) throw new Error(`not an event: ${JSON.stringify(block)}`);
    return { event, data: data.startsWith('{') ? JSON.parse(data) : data };
  });
}

async function exchangeOf(method, url, response) {
  const head = { method, path: new URL(url).pathname, query: new URL(url).search, status: response.status };
  const type = response.headers.get('content-type') ?? '';
  if (type === 'application/octet-stream') {
    return { ...head, body: Buffer.from(await response.arrayBuffer()).toString('latin1') };
  }
  const text = await response.text();
  if (type.startsWith('text/event-stream')) return { ...head, events: parseEvents(text) };
  return { ...head, body: type.startsWith('application/json') ? JSON.parse(text) : text };
}

// Like `fetch`, and appends each exchange to `exchanges` and to the file, once its body has ended; of
// a download the body is a text with a character for each byte. A body that its reader gave up is no
// exchange, and neither is `data:`, which SDKs fetch to learn whether a `fetch` knows forms.
export function recording(fetch, exchanges) {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (String(url).startsWith('data:')) return response;
    const reading = exchangeOf((init?.method ?? 'get').toUpperCase(), url, response.clone())
      .then((exchange) => {
        exchanges.push(exchange);
        append(exchange);
      })
      .catch((error) => {
        if (error.name !== 'AbortError') throw error;
      })
      .finally(() => underWay.delete(reading));
    underWay.add(reading);
    return response;
  };
}

// Until every exchange begun so far is written.
export async function allRecorded() {
  await Promise.all(underWay);
}
