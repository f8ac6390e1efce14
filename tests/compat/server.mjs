// The mock as a child process: one for each scenario and time mode that a test file asks for.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));
export const program = process.env.ASSISTANTS_MOCK_PROGRAM ?? beside('../../build/assistants-mock');
const readyWithinMs = 20_000;
const readyLine = /^ready (http:\/\/127\.0\.0\.1:\d+\/v1)$/m;
const children = new Set();
const servers = new Map();

function start(scenario, time, options) {
  const command = ['serve', '--port', '0', '--scenario', scenario, '--time', time, ...options];
  const child = spawn(program, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  return new Promise((resolve, reject) => {
    let said = '';
    let complaints = '';
    const refuse = (why) => {
      clearTimeout(patience);
      reject(new Error(`assistants-mock, scenario ${scenario}: ${why}\n${complaints}`));
    };
    const patience = setTimeout(() => refuse(`no ready line, but: ${said}`), readyWithinMs);
    child.stderr.on('data', (chunk) => (complaints += chunk));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const ready = readyLine.exec(said);
      if (!ready) return;
      clearTimeout(patience);
      child.stderr.removeAllListeners('data').resume(); // what it logs from now on is of no use here
      resolve(ready[1]);
    });
    child.on('error', (error) => refuse(error.message));
    child.on('exit', (code, signal) => refuse(`ended before it was ready (${signal ?? code})`));
  });
}

// The base URL of a mock that plays `scenario`: a name of the library, or a file in scenarios/.
export function baseUrl(scenario, time, options = []) {
  const name = [scenario, time, ...options].join(' ');
  const source = scenario.endsWith('.yaml') ? beside(`scenarios/${scenario}`) : scenario;
  if (!servers.has(name)) servers.set(name, start(source, time, options));
  return servers.get(name);
}

export function stopAll() {
  for (const child of children) {
    child.kill('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }
  children.clear();
}

process.on('exit', stopAll);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
