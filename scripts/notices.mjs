// The licence texts of the packages that end up inside dist/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** `node_modules/@a/b/lib/c.js` -> `node_modules/@a/b`; undefined for our own files. */
function packageFolder(file) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'));
  return found?.[1];
}

function licenceText(folder, author) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined
    ? `The package has no licence file. Its author: ${author?.name ?? author ?? 'not named'}`
    : readFileSync(path.join(folder, file), 'utf8').trim();
}

/** One text with name, version, licence and licence text of every package that one of the files belongs to. */
export function notices(files) {
  const folders = [...new Set(files.map(packageFolder))].filter(
    (folder) => folder && existsSync(`${folder}/package.json`),
  );
  const parts = folders.sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    return `${name} ${version} (${license})\n\n${licenceText(folder, author)}\n`;
  });
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}
