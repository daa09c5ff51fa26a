// Parses PowerShell scripts and names each place that does not parse. The first argument is the folder that holds
// node_modules with web-tree-sitter and tree-sitter-powershell; the rest are the scripts. Ends with 1 where one does not
// parse.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [folder, ...scripts] = process.argv.slice(2);
const modules = path.resolve(folder, 'node_modules');
const { Parser, Language } = createRequire(path.join(modules, 'x.js'))('web-tree-sitter');

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(path.join(modules, 'tree-sitter-powershell/tree-sitter-powershell.wasm')));

let wrong = 0;
for (const script of scripts) {
  const tree = parser.parse(fs.readFileSync(script, 'utf8'));
  const look = (node) => {
    if (node.isError || node.isMissing) {
      wrong++;
      const { row, column } = node.startPosition;
      console.log(`${script}:${row + 1}:${column + 1}: ${node.isMissing ? 'missing ' + node.type : 'does not parse'}`);
    }
    node.children.forEach(look);
  };
  look(tree.rootNode);
  console.log(`${script}: ${tree.rootNode.descendantCount} nodes`);
}
process.exit(wrong || !scripts.length ? 1 : 0);
