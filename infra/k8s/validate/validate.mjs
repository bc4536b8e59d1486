// kubectl kustomize OVERLAY | node validate.mjs -      or: node validate.mjs FILE...
// Prints what is wrong, one line each; exit code 0 when nothing is.
import { check } from './check.mjs';

const files = process.argv.slice(2);
if (!files.length) {
  console.error('usage: validate.mjs FILE|-...');
  process.exit(2);
}
const { manifests, problems } = check(files);
for (const { source, message } of problems) console.log(`${source}: ${message}`);
console.log(`${manifests.length} manifests, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
