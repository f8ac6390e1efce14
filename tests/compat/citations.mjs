// What cites or links files in messages: offsets, and messages and steps as streamed and as read.
import assert from 'node:assert/strict';

export const annotationsOf = (message) => message.content.flatMap((part) => part.text?.annotations ?? []);

// Each annotation's offsets, counted in characters, must lead to its text.
export function assertOffsets(message) {
  for (const { type, text } of message.content) {
    if (type !== 'text') continue;
    const characters = Array.from(text.value);
    for (const { start_index, end_index, text: marker } of text.annotations) {
      assert.equal(characters.slice(start_index, end_index).join(''), marker);
    }
  }
}

// Deltas number parts and annotations, and carry an empty quote; what is read later does not.
function plainAnnotation({ index, file_citation, ...annotation }) {
  return file_citation ? { ...annotation, file_citation: { file_id: file_citation.file_id } } : annotation;
}

// The content of a message, streamed or read.
export const contentOf = (message) =>
  message.content.map(({ index, ...part }) =>
    part.type === 'text'
      ? { ...part, text: { ...part.text, annotations: part.text.annotations.map(plainAnnotation) } }
      : part,
  );

// The type, status and details of a run step, streamed or read.
export const plainStep = ({ id, type, status, step_details }) => ({ id, type, status, step_details });
