// Holds what the mock answered against the published OpenAPI schema.
//
//   node schema_check.mjs DIR...
//
// Each DIR holds *.jsonl files, one exchange a line:
//   {"method": "GET", "path": "/v1/threads/…", "status": 200, "body": {…}}
//   {"method": "POST", "path": "/v1/threads/runs", "status": 200, "events": [{"event": "…", "data": {…}}]}
// An answer of status 200 must fit its operation, any other the error envelope, and each event of a
// stream the event of its name. Keys beyond the schema are allowed; so are the rows of `exemptions`.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import YAML from 'yaml';

// What the service sent although the schema forbids it: schema, field, value, and why it passes.
const exemptions = [
  ['OpenAIFile', 'expires_at', null, 'recorded: a file that never expires'],
  ['OpenAIFile', 'status_details', null, 'recorded: a file that nothing is wrong with'],
  ['VectorStoreObject', 'name', null, 'recorded: a store without a name'],
  ['VectorStoreObject', 'expires_after', null, 'recorded: a store that never expires'],
  ['RunObject', 'instructions', null, 'recorded: neither the run nor its assistant has any'],
  ['RunObject', 'incomplete_details.reason', 'content_filter', 'seen; the enum has two others'],
  ['RunObject', 'last_error.code', 'invalid_image_url', 'seen; the enum has three others'],
  ['RunStepObject', 'last_error.code', 'invalid_image_url', 'as its run'],
];
// Recorded: the first_id and last_id of an empty list are null; those of any other list are not.
const nullWhenEmpty = ['first_id', 'last_id'];

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const outsideTheApi = /^\/_mock(\/|$)/;

// The schema's file, or nothing when there is none. A file that was asked for must be there.
export function findSchema(environment = process.env) {
  const named = environment.ASSISTANTS_MOCK_SCHEMA;
  if (named && !fs.existsSync(named)) throw new Error(`ASSISTANTS_MOCK_SCHEMA: there is no file ${named}`);
  const usual = path.resolve(checkout, '..', 'shared', 'contract', 'assistants-v2.openapi.yaml');
  return named || (fs.existsSync(usual) ? usual : undefined);
}

// `nullable: true` is the older spelling of "or null"; JSON Schema of 2020 does not know it.
function spellOutNulls(node) {
  if (Array.isArray(node)) return node.map(spellOutNulls);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest } = node;
  const inPart = node.allOf?.some((part) => part.nullable);
  if (inPart) rest.allOf = node.allOf.map(({ nullable: _, ...part }) => part);
  const spelled = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, spellOutNulls(value)]));
  return nullable || inPart ? { anyOf: [spelled, { type: 'null' }] } : spelled;
}

// The fields of an object, or of the object in "object or null".
const fieldsOf = (node) => node.properties ?? fieldsOf((node.anyOf ?? node.oneOf).find((part) => part.properties));

function exempt(schemas, name, field, value) {
  const names = field.split('.');
  const last = names.pop();
  const fields = names.reduce((owner, step) => fieldsOf(owner[step]), fieldsOf(schemas[name]));
  if (!fields[last]) throw new Error(`exemption for ${name}.${field}: the schema has no such field`);
  fields[last] = { anyOf: [fields[last], { const: value }] };
}

function exemptEmptyLists(schemas) {
  for (const schema of Object.values(schemas)) {
    if (!nullWhenEmpty.every((name) => schema.properties?.[name])) continue;
    const strict = Object.fromEntries(nullWhenEmpty.map((name) => [name, schema.properties[name]]));
    for (const name of nullWhenEmpty) schema.properties[name] = { type: ['string', 'null'] };
    schema.if = { properties: { data: { minItems: 1 } } };
    schema.then = { properties: strict };
  }
}

// Makes functions that tell what is wrong with a document, each compiled when it is first used.
function checkerFactory(document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('unixtime', { type: 'number', validate: (value) => Number.isInteger(value) && value >= 0 });
  ajv.addFormat('binary', true);
  ajv.addSchema({ $id: 'api', components: document.components });
  const absolute = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'));
  return (schema) => {
    let validate;
    return (value) => {
      validate ??= ajv.compile(absolute(schema));
      return validate(value) ? [] : validate.errors;
    };
  };
}

// "GET /threads/{thread_id}" for each operation, those with the fewest parameters first, so that
// /threads/runs is not taken for a thread called "runs".
function operationsOf(document, checker) {
  const rows = [];
  for (const [template, methods] of Object.entries(document.paths)) {
    const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
    for (const [method, operation] of Object.entries(methods)) {
      const schema = operation.responses?.['200']?.content?.['application/json']?.schema;
      if (!schema) continue;
      const verb = method.toUpperCase();
      rows.push({ name: `${verb} ${template}`, verb, pattern, wrongWith: checker(schema) });
    }
  }
  const parameters = (row) => row.name.split('{').length;
  return rows.sort((a, b) => parameters(a) - parameters(b));
}

function eventsOf(schemas, checker) {
  const rows = new Map();
  const visit = (schema) => {
    if (schema.$ref) return visit(schemas[schema.$ref.split('/').at(-1)]);
    if (schema.oneOf) return schema.oneOf.forEach(visit);
    return rows.set(schema.properties.event.enum[0], checker(schema.properties.data));
  };
  visit(schemas.AssistantStreamEvent);
  return rows;
}

// What is left of a request's path once base URL, tenant and query are gone.
function routeOf(target) {
  const [bare] = target.split('?');
  return bare.replace(/^(\/tenant\/[^/]+)?(\/v1|\/?\/openai(\/v1)?)?(?=\/)/, '');
}

function valueAt(document, pointer) {
  const keys = pointer.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce((node, key) => node?.[key], document);
}

function shown(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

// A union that fits nowhere complains once for each of its branches; the deepest complaint is the
// one about the value that is wrong.
function deepest(errors) {
  const depth = (error) => error.instancePath.split('/').length;
  const most = Math.max(...errors.map(depth));
  return errors.filter((error) => depth(error) === most);
}

function complaintOf({ keyword, message, params }) {
  if (keyword !== 'enum') return message;
  return `must be one of ${params.allowedValues.map((value) => JSON.stringify(value)).join(', ')}`;
}

// The schema of `file`, ready to be asked.
export function readSchema(file) {
  const document = YAML.parse(fs.readFileSync(file, 'utf8'));
  for (const [name, field, value] of exemptions) exempt(document.components.schemas, name, field, value);
  exemptEmptyLists(document.components.schemas);
  const spelled = spellOutNulls(document);
  const checker = checkerFactory(spelled);
  return {
    operations: operationsOf(spelled, checker),
    events: eventsOf(spelled.components.schemas, checker),
    error: checker({ $ref: '#/components/schemas/ErrorResponse' }),
  };
}

export class SchemaCheck {
  #schema;
  #failures = new Map();
  #met = new Set();
  documents = 0;

  constructor(schema) {
    this.#schema = schema;
  }

  // Lines such as "GET /threads/{thread_id}: /metadata must be object; it is 5 (and 3 more like it)".
  // Failures that differ only in a place in a list or in the value are told once.
  get failures() {
    return [...this.#failures.values()].map(({ line, times }) =>
      times === 1 ? line : `${line} (and ${times - 1} more like it)`,
    );
  }

  get operationsMet() {
    return this.#met.size;
  }

  add({ method, path: target, status, body, events }) {
    const route = routeOf(target);
    if (outsideTheApi.test(route)) return undefined;
    const operation = this.#schema.operations.find((row) => row.verb === method && row.pattern.test(route));
    const name = operation?.name ?? `${method} ${route}`;
    if (status !== 200) return this.#hold(this.#schema.error, body, `${name} answering ${status}`);
    if (!operation) return this.#fail(`${name}: the schema has no such operation, but the answer is 200`);
    this.#met.add(name);
    if (!events) return this.#hold(operation.wrongWith, body, name);
    for (const { event, data } of events) {
      const wrongWith = this.#schema.events.get(event);
      if (wrongWith) this.#hold(wrongWith, data, `${name}, event ${event}`);
      else this.#fail(`${name}: the schema has no event ${shown(event)}`);
    }
    return undefined;
  }

  async addFile(file) {
    const lines = readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity });
    let number = 0;
    for await (const line of lines) {
      number++;
      try {
        this.add(JSON.parse(line));
      } catch (error) {
        this.#fail(`${file}:${number}: not an exchange (${error.message})`);
      }
    }
  }

  #hold(wrongWith, document, name) {
    this.documents++;
    for (const error of deepest(wrongWith(document))) {
      const where = error.instancePath || '(the whole body)';
      const complaint = complaintOf(error);
      const line = `${name}: ${where} ${complaint}; it is ${shown(valueAt(document, error.instancePath))}`;
      this.#fail(line, `${name}: ${where.replace(/\/\d+(?=\/|$)/g, '/*')} ${complaint}`);
    }
  }

  #fail(line, kind = line) {
    const known = this.#failures.get(kind);
    this.#failures.set(kind, known ? { ...known, times: known.times + 1 } : { line, times: 1 });
  }
}

function exchangeFiles(directory) {
  const names = fs.readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  return names.map((name) => path.join(directory, name));
}

// Checks all exchanges below `directories` and says what came of it; true when nothing is wrong.
export async function checkDirectories(directories, say = console.log) {
  const file = findSchema();
  if (!file) {
    say('schema check: 1 SKIPPED, for there is no schema here (ASSISTANTS_MOCK_SCHEMA names one)');
    return true;
  }
  const check = new SchemaCheck(readSchema(file));
  for (const exchanges of directories.flatMap(exchangeFiles)) await check.addFile(exchanges);
  const { failures } = check;
  for (const line of failures) say(`schema check: ${line}`);
  const operations = check.operationsMet;
  say(`schema check: ${check.documents} documents of ${operations} operations, ${failures.length} failures`);
  if (check.documents === 0) say('schema check: nothing was checked, which counts as a failure');
  return check.documents > 0 && failures.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directories = process.argv.slice(2);
  if (directories.length === 0) throw new Error('usage: node schema_check.mjs DIR...');
  process.exitCode = (await checkDirectories(directories)) ? 0 : 1;
}
