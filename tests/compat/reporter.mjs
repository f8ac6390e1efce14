// What node's test runner prints: each failure in full, then one line of JSON with the counts.
import { inspect } from 'node:util';

function story({ name, file, details: { error } }) {
  const cause = error?.cause ?? error;
  return `\n✖ ${name} (${file})\n${cause?.stack ?? inspect(cause)}\n`;
}

export default async function* (events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:pass' && data.details.type === 'suite') continue; // its tests count
    const skipped = data?.skip !== undefined || data?.todo !== undefined;
    if (type === 'test:pass') counts[skipped ? 'skipped' : 'passed']++;
    if (type !== 'test:fail') continue;
    counts.failed++;
    yield story(data);
  }
  yield `${JSON.stringify(counts)}\n`;
}
