// Validates HTML files, or all of them in folders, and prints what is wrong: against
// the HTML standard, and that what refers to an id finds it. Style is nobody's error.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const MOST = 50;

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ["html-validate:standard"],
    elements: ["html5"],
    rules: { "no-missing-references": "error", "no-utf8-bom": "error" },
  }),
);

const files = process.argv.slice(2).flatMap((path) =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true })
        .filter((name) => name.endsWith(".html"))
        .sort()
        .map((name) => join(path, name))
    : [path],
);
const errors = [];
let found = 0;
for (const file of files) {
  const report = validator.validateFileSync(file);
  for (const { messages } of report.results) {
    for (const { line, column, ruleId, message } of messages) {
      found += 1;
      if (errors.length < MOST) {
        errors.push({ file, line, column, rule: ruleId, message });
      }
    }
  }
}
console.log(JSON.stringify({ files: files.length, found, errors }));
