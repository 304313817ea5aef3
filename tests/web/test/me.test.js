// "My account" of somebody who is signed in: details, phones, options, sign-ins and its end, on every kind of screen.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { letter } from "../src/accounts.js";
import { launch } from "../src/browser.js";
import { stage } from "../src/stage.js";
import { person } from "../src/walker.js";

let browser, place;
before(async () => ([browser, place] = await Promise.all([launch(), stage()])));
after(async () => {
  await browser.close();
  assert.equal(await place.close(), 0, "the server ended badly");
});

function walks(name, options) {
  describe(name, () => {
    let one;
    before(async () => {
      one = await person(browser, place, options);
      await one.signIn();
    });
    after(() => one.close());

    /** Goes to a page by the list, folded or not. */
    const choose = async (path) => {
      const list = one.page.locator("nav.menu summary");
      if (await list.isVisible()) await list.click();
      await Promise.all([one.page.waitForEvent("framenavigated"), one.page.locator(`a.place[href$="${path}"]:visible`).click()]);
      await one.page.waitForLoadState();
      await one.look();
    };

    test("details are kept", async () => {
      await choose("/me/details");
      await one.page.fill("#given_name", "Anna");
      await one.page.fill("#telephone", "022991111");
      await one.press("/me/details");
      assert.ok(await one.page.evaluate(() => document.activeElement?.id === "telephone"), "the wrong field takes the focus");
      await one.page.fill("#telephone", "+32 2 299 11 11");
      await one.press("/me/details");
      assert.equal(await one.page.locator("[role=status].banner").count(), 1);
      assert.equal(await one.page.inputValue("#telephone"), "+3222991111");
    });

    test("a phone gets another name", async () => {
      await choose("/me/phones");
      await one.page.locator('main a[href$="/rename"]').click();
      await one.page.waitForSelector("#name");
      await one.look();
      await one.page.fill("#name", "הטלפון של חנה");
      await one.press("/rename");
      assert.ok((await one.page.locator("main").innerText()).includes("הטלפון של חנה"));
    });

    test("removing the last phone asks, and says what is left", async () => {
      await choose("/me/phones");
      await one.page.locator('main a[href$="/remove"]').click();
      await one.titled("Remove this phone?", "Retirer ce téléphone\u202f?");
      assert.equal(await one.page.locator(".banner.warning").count(), 1);
    });

    test("options are kept", async () => {
      await choose("/me/options");
      await one.page.uncheck("#two_factors");
      await one.page.check("#every");
      await one.press("/me/options");
      assert.equal(await one.page.locator("[role=status].banner").count(), 1);
      assert.ok(!(await one.page.isChecked("#two_factors")) && (await one.page.isChecked("#every")));
      await one.page.check("#two_factors");
      await one.page.check("#unusual");
      await one.press("/me/options");
      assert.ok((await one.page.isChecked("#two_factors")) && (await one.page.isChecked("#unusual")));
    });

    test("a sign-in is reported, and its session is over", async () => {
      await choose("/me/sign-ins");
      await one.page.locator("main a.tag").first().click();
      await one.page.waitForSelector("dl.facts");
      await one.look();
      await one.press("/report");
      await one.titled("Reported", "Signalé");
      await one.isOut();
    });

    test("the account is closed once its address is typed, and a letter's link brings it back", async () => {
      await one.signIn();
      await choose("/me/options");
      await one.page.locator('main a[href$="/me/close"]').click();
      await one.titled("Close your account?", "Fermer votre compte\u202f?");
      await one.page.fill("#email", "somebody.else@example.eu");
      await one.press("/me/close");
      assert.ok(await one.page.evaluate(() => document.activeElement?.id === "email"), "what is wrong has the focus");
      await one.page.fill("#email", one.email);
      await one.press("/me/close");
      await one.titled("Your account is being closed", "Votre compte est en cours de fermeture");
      await one.isOut();
      const link = await letter(place, one.email);
      await one.go(link);
      await one.titled("Keep this account?", "Garder ce compte\u202f?");
      await one.press(new URL(link).pathname);
      await one.titled("Your account is back", "Votre compte est rétabli");
      await one.go(link);
      await one.titled("This link does not work any more", "Ce lien ne fonctionne plus");
      await one.signIn();
    });
  });
}

walks("in English, at a desk", {});
walks("in French, on a phone", {
  prefix: "/fr", locale: "fr-FR", viewport: { width: 380, height: 760 }, isMobile: true, hasTouch: true, colorScheme: "dark",
});
walks("without JavaScript", { javaScriptEnabled: false });
