// Reads a PNG as far as to know that it is one.
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }; // by the colour type of the header

function chunksOf(bytes) {
  const chunks = [];
  for (let at = signature.length; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

// Width and height; all its pixels must be there.
export function sizeOfPng(bytes) {
  assert.ok(bytes.subarray(0, signature.length).equals(signature), 'no PNG');
  const chunks = chunksOf(bytes);
  assert.deepEqual([chunks[0].type, chunks.at(-1).type], ['IHDR', 'IEND']);
  const header = chunks[0].data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const line = 1 + Math.ceil((width * header[8] * channels[header[9]]) / 8);
  const pixels = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  assert.equal(inflateSync(Buffer.concat(pixels)).length, height * line);
  return { width, height };
}
