// Walks of somebody who makes an account, forgets its password, moves its address and loses the phone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { address, another, forgotten, keepCode, newAccount, recover } from "../src/accounts.js";
import { launch } from "../src/browser.js";
import { stage } from "../src/stage.js";
import { stranger } from "../src/walker.js";

let browser, place;
before(async () => ([browser, place] = await Promise.all([launch(), stage()])));
after(async () => {
  await browser.close();
  assert.equal(await place.close(), 0, "the server ended badly");
});

const [FIRST, SECOND, THIRD] = ["four horses in a field", "five cows beside a river", "six geese above the clouds"];

function walks(name, email, options) {
  describe(name, () => {
    let one, code;
    before(async () => (one = await stranger(browser, place, options)));
    after(() => one.close());

    test("W1: a form, a letter, a password, a phone, and the first sign-in", async () => {
      await newAccount(one, place, { email, password: FIRST });
      await one.signOut();
      await one.signIn();
    });

    test("W7: a forgotten password is replaced by a letter's link", async () => {
      await one.signOut();
      await forgotten(one, place, SECOND);
      await one.signIn();
    });

    test("W7: another password and another address are set while signed in", async () => {
      await another(one, place, THIRD);
      await address(one, place, `new.${email}`);
    });

    test("W9: a recovery code is kept, and lets a new phone in", async () => {
      code = await keepCode(one);
      await one.signOut();
      const lost = await stranger(browser, place, options);
      await recover(lost, place, { email: one.email, password: THIRD, code });
      await lost.isOut();
      await lost.signIn();
      await lost.close();
    });
  });
}

walks("in English, at a desk", "zoe@example.eu", {});
walks("in French, on a phone", "zoe.fr@example.eu", {
  prefix: "/fr", locale: "fr-FR", viewport: { width: 380, height: 760 }, isMobile: true, hasTouch: true, colorScheme: "dark",
});
walks("without JavaScript", "zoe.plain@example.eu", { javaScriptEnabled: false });
