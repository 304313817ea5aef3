// Draws the sheets: every page of the gallery in each look, onto one picture an area.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch, open } from "./browser.js";
import { address, serve } from "./gallery.js";
import { FRONT, LOOKS, areas, folder, list } from "./sheets.js";

/** Noon of the day of the gallery; it stands still, so that countdowns do. */
const NOON = 1_795_348_800_000;

const [browser, site] = await Promise.all([launch(), serve()]);
rmSync(folder, { recursive: true, force: true });
for (const look of LOOKS) {
  mkdirSync(join(folder, look.name), { recursive: true });
  const page = await looking(look);
  for (const [area, names] of areas()) {
    const pictures = [];
    for (const name of names) pictures.push([name, await picture(page, name, look)]);
    writeFileSync(join(folder, look.name, `${area}.png`), await sheet(pictures, look));
  }
  await page.context().close();
}
await front();
writeFileSync(join(folder, "README.md"), list());
await browser.close();
site.close();

/** A page of a browser with this look. */
async function looking({ width, scale, theme }) {
  const options = { viewport: { width, height: 700 }, deviceScaleFactor: scale, colorScheme: theme };
  const page = await open(browser, { ...options, reducedMotion: "reduce" });
  await page.clock.setFixedTime(NOON);
  return page;
}

/** What a window shows of the pages in front. */
async function front() {
  mkdirSync(join(folder, "front"), { recursive: true });
  const page = await looking(FRONT.look);
  for (const name of FRONT.names) {
    await page.goto(site.base + address(FRONT.look.language, name));
    writeFileSync(join(folder, "front", `${name}.png`), await page.screenshot({ caret: "hide", animations: "disabled" }));
  }
  await page.context().close();
}

async function picture(page, name, { language }) {
  await page.goto(site.base + address(language, name));
  await page.waitForLoadState("networkidle", { timeout: 300 }).catch(() => {});
  return page.screenshot({ fullPage: true, caret: "hide", animations: "disabled" });
}

/** Pictures side by side, each with its name. */
async function sheet(pictures, { width, scale, columns }) {
  const own = Math.round(width * scale);
  const across = Math.min(columns, pictures.length);
  const figures = pictures.map(([name, png]) => {
    const src = `data:image/png;base64,${png.toString("base64")}`;
    return `<figure><figcaption>${name}</figcaption><img width="${own}" src="${src}"></figure>`;
  });
  const paper = await open(browser, { viewport: { width: across * (own + 16) + 16, height: 100 } });
  await paper.setContent(`<!doctype html><style>
    body { margin: 0; padding: 8px; background: #8a9291; display: grid; grid-template-columns: repeat(${across}, ${own}px); gap: 16px }
    figure { margin: 0 } figcaption { font: 600 13px Roboto, sans-serif; color: #fff; padding-bottom: 4px } img { display: block }
    </style><body>${figures.join("")}`);
  await paper.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth));
  const png = await paper.screenshot({ fullPage: true });
  await paper.context().close();
  return png;
}
