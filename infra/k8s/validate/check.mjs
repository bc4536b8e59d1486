import { checkCustom, isCustom } from './custom.mjs';
import { read } from './manifests.mjs';
import { checkPolicy } from './policy.mjs';
import { checkReach } from './reach.mjs';
import { checkReferences } from './references.mjs';
import { checkSchema } from './schema.mjs';

/** All checks over files, each of which is complete in itself. */
export function check(files) {
  const { manifests, problems } = read(files);
  const bySource = files.map((file) => manifests.filter(({ source }) => source === file));
  return {
    manifests,
    problems: [
      ...problems,
      ...checkSchema(manifests.filter((manifest) => !isCustom(manifest))),
      ...checkCustom(manifests),
      ...bySource.flatMap(checkReferences),
      ...bySource.flatMap(checkReach),
      ...bySource.filter((group) => group.length).flatMap(checkPolicy),
    ],
  };
}
