// Judges bills of materials by CycloneDX's own schema: node validate.mjs FILE...; one line each, exit code 1 if one is not valid.
import { readFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';

let bad = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const version = JSON.parse(text).specVersion;
  const problem = Spec.Version['v' + version.replace('.', 'dot')] === undefined
    ? `no specification ${version}`
    : await new Validation.JsonStrictValidator(version).validate(text);
  console.log(`${file}: ${problem === null ? 'valid' : 'NOT valid: ' + JSON.stringify(problem)}`);
  bad += problem === null ? 0 : 1;
}

process.exit(bad === 0 ? 0 : 1);
