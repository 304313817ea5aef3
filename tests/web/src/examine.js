// All checks of one page of the gallery, in every look of it.
import { colours, everything } from "./axe.js";
import { countdown } from "./countdown.js";
import { address, markup } from "./gallery.js";
import { keyboard } from "./keyboard.js";
import { forms, measure, spread } from "./measure.js";

/** Widths: a desk, the narrow column of the design, and 320 px, which is a desk of 1280 at 400 %. */
export const WIDTHS = [1280, 380, 320];

/**
 * What is looked at where, besides what is measured everywhere. All of it in every look would take an hour: translations
 * change words and lengths, themes change colours, and what stands beside or below each other differs at the two ends.
 */
const LOOKS = {
  en: { 1280: [["light", everything], ["light", keyboard]], 320: [["dark", everything], ["dark", keyboard]] },
  further: { 1280: [["dark", colours]], 320: [["light", everything], ["light", keyboard]] },
};

/** Everything about one page in one language; each finding says in which look. @returns {Promise<string[]>} */
export async function examine(page, base, name, language) {
  const url = base + address(language, name);
  const findings = new Map();
  const note = (look, sentences) => {
    for (const sentence of sentences) findings.set(sentence, [...(findings.get(sentence) ?? []), look]);
  };
  page.trouble.length = 0;
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: WIDTHS[0], height: 800 });
  const answer = await page.goto(url);
  if (answer.status() !== 200) return [`${language}: the gallery answers ${answer.status()}`];
  note("any look", await page.evaluate(forms));
  const spoken = await page.evaluate(() => document.documentElement.lang);
  if (spoken !== language) note("any look", [`says that it is written in ${spoken}`]);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    note(`${width} px`, await page.evaluate(measure));
    for (const [theme, rules] of LOOKS[language === "en" ? "en" : "further"][width] ?? []) {
      await page.emulateMedia({ colorScheme: theme });
      note(`${width} px, ${theme}`, await rules(page));
    }
  }
  await page.evaluate(spread);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    note(`${width} px, text spread`, await page.evaluate(measure));
  }
  note("any look", page.trouble);
  return [...findings].map(([sentence, looks]) => `${language}, ${looks.join(" and ")}: ${sentence}`);
}

/** One page as somebody without scripts sees it, if it has any; else it was seen already. */
export async function examineScriptless(page, base, name, language) {
  if (!markup(language, name).includes("<script")) return [];
  await page.goto(base + address(language, name));
  const findings = [];
  for (const width of [WIDTHS[0], WIDTHS[2]]) {
    await page.setViewportSize({ width, height: 800 });
    findings.push(...(await page.evaluate(measure)).map((finding) => `${language}, no scripts, ${width} px: ${finding}`));
  }
  return findings;
}

/** The same for a countdown, if there is one; it needs a page whose clock can be moved. */
export async function examineCountdown(page, base, name, language) {
  if (!markup(language, name).includes("data-expires-in")) return [];
  const found = await countdown(page, base + address(language, name));
  return found.map((sentence) => `${language}: ${sentence}`);
}

/** What a failing test prints. */
export const told = (name, findings) => `${name}:\n${findings.map((finding) => `  - ${finding}`).join("\n")}`;
