// The page by keyboard alone: everything is reached by Tab, in the order of reading, and one sees where one is.

/**
 * Presses Tab through the whole page. What is found once and not a second time was the browser's own: it may move the
 * focus while a page settles. @returns {Promise<string[]>}
 */
export async function keyboard(page) {
  const first = await walk(page);
  if (!first.length) return [];
  const second = await walk(page);
  return first.filter((finding) => second.includes(finding));
}

async function walk(page) {
  const count = await page.evaluate(prepare);
  const seen = [];
  const findings = new Set();
  for (let press = 0; press < 2 * count + 4 && new Set(seen).size < count; press += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(look);
    if (at === null) continue;
    if (!seen.includes(at.index)) at.findings.forEach((finding) => findings.add(finding));
    // A day has fields of the browser's own within its field; anything else that is reached twice in a row is found.
    if (at.isDay && seen.at(-1) === at.index) continue;
    seen.push(at.index);
  }
  for (const missed of await page.evaluate(names, [...Array(count).keys()].filter((index) => !seen.includes(index)))) {
    findings.add(`cannot reach ${missed} by Tab`);
  }
  // A press may begin in the middle of the page; from the end it goes on at the start.
  const steps = seen.slice(1).map((index, at) => [seen[at], index]);
  for (const [before, after] of steps.filter(([before, after]) => after !== before + 1 && after !== 0)) {
    const [from, to] = await page.evaluate(names, [before, after]);
    findings.add(`goes by Tab from ${from} to ${to}, which is not the order of reading`);
  }
  return [...findings];
}

/** Marks what Tab should reach, in the order of the document. Runs inside the page. */
function prepare() {
  const can = "a[href], button:not(:disabled), input:not([type=hidden], :disabled), select, textarea, summary, [tabindex='0']";
  const rest = (element) => {
    if (element.type !== "radio") return true;
    const group = [...element.form.elements[element.name]];
    return element === (group.find((one) => one.checked) ?? group[0]);
  };
  window.reachable = [...document.querySelectorAll(can)].filter((element) => element.checkVisibility() && rest(element));
  return window.reachable.length;
}

/** Where the focus is, and whether one sees it. Runs inside the page. */
function look() {
  const element = document.activeElement;
  const index = window.reachable.indexOf(element);
  if (index < 0) return null;
  const findings = [];
  const name = `<${element.localName}> “${(element.textContent || element.name || "").trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || /(?:, |\/ )0\)$/.test(outlineColor)) {
    findings.push(`does not show the focus on ${name}`);
  }
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const above = document.elementFromPoint(x, y);
  const own = above && (element.contains(above) || above.contains(element) || above.closest("label")?.control === element);
  if (!own) findings.push(`hides ${name} while it has the focus`);
  return { index, findings, isDay: element.type === "date" };
}

function names(indexes) {
  const say = (element) => `<${element.localName}> “${(element.textContent || element.name || "").trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  return indexes.map((index) => say(window.reachable[index]));
}
