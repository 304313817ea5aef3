// The checks can fail: a good page is spoilt in one way after the other, and each time the finding has to come.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "../src/browser.js";
import { examine, examineCountdown } from "../src/examine.js";
import { serve } from "../src/gallery.js";

/** A page, what is done to it, and what must be found. */
const SPOILT = [
  ["a field without a label", "sign-in", /<label [^>]*for="identifier"[^>]*>.*?<\/label>/s, "", /axe label/],
  ["a form without its token", "sign-in", /<input type="hidden" name="csrf"[^>]*>/, "", /form to \/sign-in.* without a token/],
  ["words that are too pale", "help", ...styled(".prose p { color: #bbb }"), /en, .*px.*: axe color-contrast/],
  ["words that are too dark at night", "help", ...styled("@media (prefers-color-scheme: dark) { p { color: #333 } }"),
    /en, .*dark.*: axe color-contrast/],
  ["a second main heading", "help", "</main>", "<h1>Again</h1></main>", /2 main headings/],
  ["a picture without words", "qr", / alt="[^"]*"/, "", /axe image-alt/],
  ["a line that does not fit", "help", "</main>", `<p class="x">${"no-break".repeat(60)}</p>${style(".x { white-space: nowrap }")}</main>`,
    /scrolls sideways: <p\.x>/],
  ["words that are cut off", "help", ...styled("h1 { height: 12px; overflow: hidden }"), /cuts off <h1>/],
  ["a button that is too small", "sign-in", ...styled("main button { min-height: 30px !important; height: 30px; padding: 0 4px !important }"),
    /target of \d+ × 30 px/],
  ["a focus that nobody sees", "sign-in", ...styled(":focus-visible { outline: none !important }"), /does not show the focus/],
  ["a focus under a bar", "help", "</main>", `<div class="bar"></div>${style(".bar { position: fixed; inset: 0; background: #fff }")}</main>`,
    /hides <a>/],
  ["an order of its own", "sign-in", "<button", '<button tabindex="3"', /not the order of reading|tabindex/],
  ["what Tab cannot reach", "help", 'class="quiet" href', 'class="quiet" tabindex="-1" href', /cannot reach <a>/],
  ["a style of its own", "help", "<h1", '<h1 style="color: red"', /inline style on <h1>/],
  ["a script of its own", "help", "</main>", "<script>alert(1)</script></main>", /console says: .*inline script/],
  ["the wrong language", "help", '<html lang="en"', '<html lang="fr"', /written in fr/],
];

/** What moves or stays silent while a countdown runs. */
const RESTLESS = [
  ["a countdown that moves what is below", "number", ...styled("[data-ring][stroke-dasharray^='3'] { } .left:has([data-ring]:not([stroke-dasharray^='89'])) { padding-top: 9px }"),
    /moves <.*while it counts down/],
  ["a countdown that says nothing", "number", / data-say-\d+="[^"]*"/g, "", /never says aloud/],
  ["a countdown that interrupts", "number", 'role="status" data-announce', 'role="alert" data-announce', /politely/],
];

/** Our own style sheets alone are let in, so what spoils comes with the nonce of the gallery. */
function style(rules) {
  return `<style nonce="bm9uY2Utb2YtdGhpcw">${rules}</style>`;
}

function styled(rules) {
  return ["</head>", `${style(rules)}</head>`];
}

let browser, plain;
before(async () => ([browser, plain] = [await launch(), await serve()]));
after(() => Promise.all([browser.close(), plain.close()]));

async function found(page, [, name, from, to], look) {
  const spoil = (html) => {
    const spoilt = html.replace(from, to);
    assert.notEqual(spoilt, html, "the page was not spoilt");
    return spoilt;
  };
  const site = await serve(spoil);
  try {
    return await look(page, site.base, name, "en");
  } finally {
    site.close();
  }
}

for (const [cases, look] of [[SPOILT, examine], [RESTLESS, examineCountdown]]) {
  for (const one of cases) {
    test(`finds ${one[0]}`, async () => {
      const page = await open(browser);
      const findings = await found(page, one, look);
      await page.context().close();
      assert.ok(findings.some((finding) => one[4].test(finding)), `not found on ${one[1]}; only:\n${findings.join("\n")}`);
    });
  }
}

test("finds nothing on the same pages unspoilt", async () => {
  const page = await open(browser);
  for (const name of new Set(SPOILT.map((one) => one[1]))) assert.deepEqual(await examine(page, plain.base, name, "en"), []);
  await page.context().close();
});
