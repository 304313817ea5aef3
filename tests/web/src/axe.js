// axe-core at WCAG 2.2 AA, with what it calls best practice.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All rules. @returns {Promise<string[]>} */
export const everything = (page) => run(page, { runOnly: { type: "tag", values: TAGS }, rules: { "target-size": { enabled: true } } });

/** Only what another theme may change. @returns {Promise<string[]>} */
export const colours = (page) => run(page, { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } });

async function run(page, options) {
  // Evaluated by the debugger, so that the page's own policy stays in force.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const { violations, passes } = await page.evaluate((given) => window.axe.run(document, given), options);
  if (violations.length + passes.length === 0) return ["axe looked at nothing"];
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary.split("\n").slice(1).map((line) => line.trim()).join("; ");
      return `axe ${id} (${help}) at ${target.join(" ")}: ${why}`;
    }),
  );
}
