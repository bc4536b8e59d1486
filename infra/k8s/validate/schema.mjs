// Kubernetes' own schemas: required fields, types, quantities (kubernetes-models), and fields and API versions that do not exist
// (kubernetes-types and the TypeScript compiler, whose excess property check is what the first lacks).
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const types = path.dirname(require.resolve('kubernetes-types/package.json'));

export function checkSchema(manifests) {
  const problems = [], known = [];
  for (const manifest of manifests) {
    const { apiVersion, kind } = manifest.object;
    let Model;
    try {
      Model = require(`kubernetes-models/${apiVersion}/${kind}`)[kind];
    } catch {
      problems.push({ ...manifest, message: `${manifest.id}: there is no ${kind} of ${apiVersion}` });
      continue;
    }
    try {
      new Model(manifest.object).validate();
      known.push(manifest);
    } catch (error) {
      problems.push({ ...manifest, message: `${manifest.id}: ${error.message}` });
    }
  }
  return [...problems, ...checkFields(known)];
}

function checkFields(manifests) {
  const problems = [], lines = [], owners = [];
  for (const manifest of manifests) {
    const { apiVersion, kind } = manifest.object;
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
    const module = `${group.split('.')[0]}/${version}`, file = path.join(types, `${module}.d.ts`);
    if (!fs.existsSync(file) || !fs.readFileSync(file, 'utf8').includes(`interface ${kind} `)) {
      problems.push({ ...manifest, message: `${manifest.id}: ${apiVersion} has no ${kind} any more` });
      continue;
    }
    owners.push(manifest);
    lines.push(`export const m${owners.length}: import('kubernetes-types/${module}').${kind} = ${JSON.stringify(manifest.object)};`);
  }

  // One manifest a line, so that the line of a complaint tells whose it is. The compiler resolves packages from where the file lies.
  const source = path.join(types, '..', `manifests-${process.pid}.ts`);
  fs.writeFileSync(source, lines.join('\n'));
  try {
    const program = ts.createProgram([source], { noEmit: true, strict: true, skipLibCheck: true, types: [], moduleResolution: ts.ModuleResolutionKind.Node10, module: ts.ModuleKind.CommonJS });
    for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
      const owner = diagnostic.file ? owners[diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line] : undefined;
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n').split('\n').at(-1).trim();
      problems.push({ source: owner?.source ?? 'compiler', message: `${owner?.id ?? 'compiler'}: ${message}` });
    }
  } finally {
    fs.rmSync(source);
  }
  return problems;
}
