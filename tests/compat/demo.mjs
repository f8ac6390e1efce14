// An ordinary client of the Assistants API, written with the official SDK: an assistant that may
// look up the weather, one question, and the answer as it is streamed. Nothing in it knows that it
// talks to a mock; OPENAI_BASE_URL and OPENAI_API_KEY come from the environment, as always.
import OpenAI from 'openai-7.55.0'; // in a project of your own: 'openai'

const client = new OpenAI();
const question = process.argv[2] ?? 'What is the weather in Oslo?';

function getWeather({ city }) {
  return JSON.stringify({ city, temperature: '12 C', sky: 'clear' });
}

const assistant = await client.beta.assistants.create({
  model: 'gpt-4o',
  name: 'Weather assistant',
  instructions: 'Answer questions about the weather. Look it up first.',
  tools: [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'The weather in a city, now.',
        parameters: {
          type: 'object',
          properties: { city: { type: 'string' } },
          required: ['city'],
        },
      },
    },
  ],
});
const thread = await client.beta.threads.create();
await client.beta.threads.messages.create(thread.id, { role: 'user', content: question });
console.log(`user       ${question}`);

// Follows one stream to its end: prints how the run goes on and the answer, and returns the run.
async function follow(stream) {
  for await (const { event, data } of stream) {
    if (event === 'thread.message.created') process.stdout.write('assistant  ');
    if (event === 'thread.message.delta')
      for (const part of data.delta.content ?? []) process.stdout.write(part.text?.value ?? '');
    if (event === 'thread.message.completed') process.stdout.write('\n');
    if (/^thread\.run\.(?!created|step)/.test(event)) console.log(`run        ${data.status}`);
  }
  return stream.finalRun();
}

let run = await follow(client.beta.threads.runs.stream(thread.id, { assistant_id: assistant.id }));
while (run.status === 'requires_action') {
  const tool_outputs = run.required_action.submit_tool_outputs.tool_calls.map((call) => {
    console.log(`tool call  ${call.function.name} ${call.function.arguments}`);
    const output = getWeather(JSON.parse(call.function.arguments));
    console.log(`output     ${output}`);
    return { tool_call_id: call.id, output };
  });
  run = await follow(
    client.beta.threads.runs.submitToolOutputsStream(run.id, { thread_id: thread.id, tool_outputs }),
  );
}
if (run.status !== 'completed') {
  console.error(`The run ended as ${run.status}: ${run.last_error?.message ?? 'no reason given'}`);
  process.exitCode = 1;
}
