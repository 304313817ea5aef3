// A countdown runs to its end, second by second of a clock of its own: nothing on the page may move, and what is said
// aloud is said politely.

/** @returns {Promise<string[]>} */
export async function countdown(page, address) {
  await page.clock.install();
  await page.goto(address);
  const left = await page.evaluate(() => Number(document.querySelector("[data-expires-in]")?.dataset.expiresIn ?? 0));
  if (!left) return [];
  const findings = new Set();
  const said = new Set();
  const begin = await page.evaluate(places);
  for (const until of [left - 1, 60, 59, 30, 11, 10, 9, 2].filter((second) => second < left)) {
    await page.clock.runFor(((await remaining(page)) - until) * 1000);
    said.add(await page.evaluate(() => document.querySelector("[data-announce]").textContent));
    const after = await page.evaluate(places);
    after.forEach(([name, place], at) => {
      if (place !== begin[at]?.[1]) findings.add(`moves ${name} from ${begin[at]?.[1]} to ${place} while it counts down`);
    });
  }
  const polite = await page.evaluate(() => document.querySelector("[data-announce]").matches("[role=status], [aria-live=polite]"));
  if (!polite) findings.add("does not announce its countdown politely");
  if (left > 12 && [...said].filter(Boolean).length === 0) findings.add("never says aloud how much time is left");
  if (said.size > 6) findings.add("says the time aloud more often than anybody bears");
  return [...findings];
}

/** The seconds that the page shows. */
async function remaining(page) {
  const text = await page.evaluate(() => document.querySelector("[data-expires-in]").textContent);
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(text);
  return Number(minutes) * 60 + Number(seconds);
}

/** Where everything is. Runs inside the page. */
function places() {
  const shown = [...document.querySelectorAll("main *, footer")].filter((one) => one.checkVisibility() && !one.closest(".sr, svg"));
  return shown.map((element) => {
    const { left, top, height } = element.getBoundingClientRect();
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 30);
    return [`<${element.localName}> “${words}”`, [left, top, height].map((one) => one.toFixed(1)).join(" ")];
  });
}
