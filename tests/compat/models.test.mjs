import assert from 'node:assert/strict';
import test from 'node:test';
import { connect } from './sdk.mjs';
import { all, idsOf } from './conversation.mjs';

test('models are listed and read one by one', async () => {
  const api = await connect('echo');
  const models = await all(api.models.list());
  assert.ok(idsOf(models).includes('gpt-4o'), `gpt-4o is not among ${idsOf(models)}`);
  for (const model of models) assert.deepEqual({ ...(await api.models.retrieve(model.id)) }, { ...model });
});
