// node test.mjs: the validation itself. good.yaml passes, and each way of spoiling it is refused for that reason.
// Prints "N passed, N failed"; exit code 0 when nothing failed.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check } from './check.mjs';
import { spoilt } from './spoilt.mjs';

const good = fs.readFileSync(new URL('good.yaml', import.meta.url), 'utf8');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'causality-manifests-'));
const write = (name, text) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
};

let failed = 0;
const fail = (message) => { failed++; console.log(`FAILED ${message}`); };
try {
  const examples = spoilt.map(([from, to, wanted, ...more], index) => {
    if (!good.includes(from)) throw new Error(`spoilt.mjs: good.yaml has no '${from}'`);
    const text = more.length ? good.replace(from, to).replace(more[0], more[1]) : good.replace(from, to);
    return { file: write(`${index}.yaml`, text), what: `${from.trim()} -> ${to.trim()}`, wanted };
  });
  const whole = write('good.yaml', good);
  const { problems } = check([whole, ...examples.map(({ file }) => file)]);
  for (const { message } of problems.filter(({ source }) => source === whole)) fail(`good.yaml is refused: ${message}`);
  for (const { file, what, wanted } of examples) {
    const said = problems.filter(({ source }) => source === file).map(({ message }) => message);
    if (!said.some((message) => wanted.test(message))) fail(`'${what}' is not refused with ${wanted}${said.length ? `, but with: ${said.join('; ')}` : ''}`);
  }
  console.log(`${spoilt.length + 1 - failed} passed, ${failed} failed`);
} finally {
  fs.rmSync(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);
