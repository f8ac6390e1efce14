// A client of Azure's service, written with the official SDK, which asks one question: all that it
// knows of its service comes from the environment, by itself or, called with `endpoint`, by hand.
const { AzureOpenAI } = await import(`openai-${process.env.OPENAI_SDK_VERSION ?? '7.55.0'}`);

const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_API_KEY: apiKey } = process.env;
const options = process.argv[2] === 'endpoint' ? { endpoint, apiKey, apiVersion: '2025-01-01-preview' } : {};
const client = new AzureOpenAI({ ...options, maxRetries: 0 });

const assistant = await client.beta.assistants.create({ model: 'my-deployment' });
const run = await client.beta.threads.createAndRunPoll({
  assistant_id: assistant.id,
  thread: { messages: [{ role: 'user', content: 'Hello' }] },
});
const messages = await client.beta.threads.messages.list(run.thread_id);
console.log(`${client.apiVersion} ${new URL(client.baseURL).pathname} ${messages.data[0].content[0].text.value}`);
