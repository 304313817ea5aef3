// Every page of the gallery in some of its languages, in every theme and width. A new page needs nothing here.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./browser.js";
import { examine, examineCountdown, examineScriptless, told } from "./examine.js";
import { gallery, serve } from "./gallery.js";

/** Makes the tests of these languages. Each file of tests has its own, so that they run beside each other. */
export function pagesIn(languages) {
  let browser, site;
  before(async () => ([browser, site] = [await launch(), await serve()]));
  after(() => Promise.all([browser.close(), site.close()]));
  for (const language of languages) tests(language, () => [browser, site]);
}

function tests(language, places) {
  describe(`pages in ${language}`, () => {
    let browser, site, page, timed, plain;
    before(async () => {
      [browser, site] = places();
      [page, timed] = [await open(browser), await open(browser)];
      plain = await open(browser, { javaScriptEnabled: false });
    });
    after(() => Promise.all([page, timed, plain].map((one) => one.context().close())));
    for (const { area, name } of gallery.pages) {
      test(`${area}/${name} in ${language}`, async () => {
        const findings = await examine(page, site.base, name, language);
        findings.push(...(await examineCountdown(timed, site.base, name, language)));
        findings.push(...(await examineScriptless(plain, site.base, name, language)));
        assert.equal(findings.length, 0, told(name, findings));
      });
    }
  });
}
