// Walks of persons through the pages of a real server, with a phone in their hand.
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

/** The walks of somebody, each from being signed out in a recognised browser. */
function walks(name, options) {
  describe(name, () => {
    let one;
    before(async () => {
      one = await person(browser, place, options);
      await one.signIn();
    });
    after(() => one.close());

    test("S1: the number of the page is typed on the phone", async () => {
      await one.signOut();
      await one.identify();
      await one.press("/sign-in/number");
      const number = (await one.page.locator(".number [aria-hidden]").innerText()).replace(/\D/g, "");
      const seen = await place.act("look", { phone: one.phone });
      assert.equal(seen.count, 1, "one request waits on the phone");
      assert.equal((await place.act("approve", { phone: one.phone, number })).status, 200);
      await one.follow("dl.facts");
      await one.isIn();
    });

    test("S1: a wrong number signs nobody in, and another page says so", async () => {
      await one.signOut();
      await one.identify();
      await one.press("/sign-in/number");
      const number = (await one.page.locator(".number [aria-hidden]").innerText()).replace(/\D/g, "");
      const other = String((Number(number) + 1) % 10 ** number.length).padStart(number.length, "0");
      await place.act("look", { phone: one.phone });
      assert.notEqual((await place.act("approve", { phone: one.phone, number: other })).status, 200);
      await one.go("/sign-in/wait");
      await one.press("/sign-in/cancel");
      await one.isOut();
    });

    test("S3: the code on the page is scanned", async () => {
      await one.signOut();
      await one.identify();
      await one.scanIn();
      await one.finish();
    });

    test("S4: the app on this phone is opened by a link and comes back", async () => {
      await one.signOut();
      await one.identify();
      await one.press("/sign-in/here");
      const link = await one.page.locator("main a.btn.primary").getAttribute("href");
      await place.act("open", { phone: one.phone, link });
      const { status, back } = await place.act("approve", { phone: one.phone });
      assert.equal(status, 200);
      await one.go(back);
      await one.isIn();
    });

    test("S5: a phone without network gives a code", async () => {
      await one.signOut();
      await one.identify();
      await one.press("/sign-in/offline");
      const { code } = await place.act("offline", { phone: one.phone, text: await one.read() });
      const wrong = code.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
      await one.page.fill("#code", wrong);
      await one.press("/sign-in/code");
      assert.equal(await one.page.locator("[aria-invalid]").count(), 1, "the wrong code is said to be wrong");
      assert.ok(await one.page.evaluate(() => document.activeElement?.id === "code"), "one can type at once");
      await one.page.fill("#code", code);
      await one.press("/sign-in/code");
      await one.isIn();
    });

    test("D1: what is refused on the phone is said on the page, and nobody is signed in", async () => {
      const ends = [["cancel", ["Cancelled on the phone", "Annulé sur le téléphone"]], ["not_me", ["Reported by the owner", "Signalé par le titulaire"]]];
      for (const [why, titles] of ends) {
        await one.signOut();
        await one.identify();
        await one.press("/sign-in/number");
        await place.act("look", { phone: one.phone });
        assert.equal((await place.act("deny", { phone: one.phone, why })).status, 200);
        await one.follow(".sign");
        await one.titled(...titles);
        await one.isOut();
        // A report forgets every browser of the account: this one is made known again.
        await one.signIn();
      }
    });

    test("cancelling on the page ends it on the phone", async () => {
      await one.signOut();
      await one.identify();
      await one.press("/sign-in/number");
      await one.press("/sign-in/cancel");
      assert.equal((await place.act("look", { phone: one.phone })).count, 0);
      await one.isOut();
    });

    test("a second phone is added on the phone itself (P2)", async () => {
      await one.signOut();
      await one.signIn();
      await one.go("/me/phones/app");
      await one.press("/me/phones/add");
      await one.press("/me/phones/here");
      const link = await one.page.locator("main a.btn.primary").getAttribute("href");
      const claimed = await place.act("claim", { link });
      await one.go(claimed.back);
      await one.press("/me/phones/returned");
      await one.titled("Phone added", "Téléphone ajouté");
    });
  });
}

walks("in English, at a desk", {});
walks("in French, on a phone", {
  prefix: "/fr", locale: "fr-FR", viewport: { width: 380, height: 760 }, isMobile: true, hasTouch: true, colorScheme: "dark",
});
walks("without JavaScript", { javaScriptEnabled: false });
