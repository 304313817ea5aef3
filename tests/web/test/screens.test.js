// Every page has its picture, and no picture shows what is gone.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { areas, files, folder, list } from "../src/sheets.js";

const MEND = "`cargo xtask web --screens` draws them anew";

test("every page of the gallery has a picture", () => {
  const drawn = existsSync(join(folder, "README.md")) ? readFileSync(join(folder, "README.md"), "utf8") : "";
  const sheets = new Map([...drawn.matchAll(/^\* `(\S+)\.png`: (.*)$/gm)].map(([, area, names]) => [area, names.split(", ")]));
  for (const [area, names] of areas()) {
    const missing = names.filter((name) => !sheets.get(area)?.includes(name));
    assert.deepEqual(missing, [], `pages of ${area} without a picture; ${MEND}`);
  }
  assert.equal(drawn, list(), `README.md of the pictures is not what is drawn; ${MEND}`);
});

test("the sheets are there, and no others", () => {
  const there = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = there.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.replace(/\/$/, "").length + 1));
  assert.deepEqual(names.sort(), files().sort(), MEND);
});

test("a sheet is small enough to be kept", () => {
  for (const name of files()) {
    const { size } = statSync(join(folder, name));
    assert.ok(size < 600_000, `${name} has ${size} bytes`);
  }
});
