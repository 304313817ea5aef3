// The operator's pages, with a phone beside: in, each page once, a change to somebody's account, out again.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "../src/browser.js";
import { stage } from "../src/stage.js";
import { person } from "../src/walker.js";

let browser, place;
before(async () => ([browser, place] = await Promise.all([launch(), stage()])));
after(async () => {
  await browser.close();
  assert.equal(await place.close(), 0, "the server ended badly");
});

function walks(name, other, options) {
  describe(name, () => {
    let one;
    before(async () => {
      one = await person(browser, place, options);
      await place.act("account", { email: other });
      await place.act("operator", { email: one.email });
      await one.signIn();
    });
    after(() => one.close());

    test("a sign-in for these pages alone leads in", async () => {
      await one.go("/operator");
      await one.titled("Sign in as the operator", "Se connecter comme opérateur");
      await one.press("/operator/sign-in");
      await one.scanIn();
      await one.titled("Health", "État");
      // A click on each, as somebody without the address does.
      for (const path of ["/operator/mail", "/operator/services", "/operator/audit", "/operator/accounts"]) {
        await one.page.locator(`.op-side a[href$="${path}"]`).click();
        await one.page.waitForURL(`**${path}`);
        await one.look();
      }
    });

    test("somebody is found, stopped for a reason, and goes on", async () => {
      await one.page.fill("#wanted", other.slice(0, 6));
      await one.press("/operator/accounts");
      await one.page.locator("main .entries a").first().click();
      await one.page.waitForURL("**/operator/accounts/u-*");
      const path = new URL(one.page.url()).pathname;
      await one.press(path);
      assert.ok(await one.page.evaluate(() => document.activeElement?.id === "reason"), "the reason is asked for");
      for (const [act, state] of [["lock", /Stopped|Arrêté/], ["unlock", /In order|En ordre/]]) {
        await one.page.selectOption("#act", act);
        await one.page.fill("#reason", "They called, and we rang back.");
        await one.press(path);
        await one.titled("Stop this account?", "Arrêter ce compte\u202f?", "Let this account go on?", "Laisser ce compte continuer\u202f?");
        await one.press(path);
        assert.match(await one.page.locator(".lead .chip").innerText(), state);
      }
    });

    test("the log says so, its chain is whole, and one leaves", async () => {
      await one.go("/operator/audit");
      assert.match(await one.page.locator(".entries").innerText(), /account_locked[\s\S]*They called|They called[\s\S]*account_locked/);
      await one.press("/operator/audit");
      assert.equal(await one.page.locator(".banner.info").count(), 1, "the chain is whole");
      await one.press("/operator/leave");
      await one.isIn();
      await one.go("/operator");
      await one.titled("Sign in as the operator", "Se connecter comme opérateur");
    });
  });
}

walks("in English, at a desk", "boris.one@example.eu", {});
walks("in French, on a phone", "carla.two@example.eu", {
  prefix: "/fr", locale: "fr-FR", viewport: { width: 380, height: 760 }, isMobile: true, hasTouch: true, colorScheme: "dark",
});
walks("without JavaScript", "doris.three@example.eu", { javaScriptEnabled: false });
