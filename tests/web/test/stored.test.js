// Markup in everything that somebody else may write: names of people, phones and services, and what browsers call
// themselves. Every page that shows it is opened in a real browser, with the server's policy taken off, so that only the
// pages' own escaping is between it and a script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../src/browser.js";
import { stage } from "../src/stage.js";
import { stranger } from "../src/walker.js";
import { letter } from "../src/accounts.js";

const EVIL = [
  `<img src=x onerror=owned()>`,
  `"><svg onload=owned()>`,
  `' autofocus onfocus='owned()`,
  `</bdi><script>owned()</script>`,
  `{{ 7*7 }}\${owned()}`,
  `javascript:owned()`,
];
const BACK = "https://grants.example.eu/back";

let browser, place;
before(async () => ([browser, place] = await Promise.all([launch(), stage()])));
after(async () => {
  await browser.close();
  assert.equal(await place.close(), 0, "the server ended badly");
});

/** What of the texts came alive on the page that is open. */
function alive() {
  const found = [];
  if (window.wasOwned) found.push("a script ran");
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/.test(name)) found.push(`<${element.localName} ${name}>`);
      if (/^\s*javascript:/i.test(value) && ["href", "src", "action", "formaction"].includes(name)) found.push(value);
    }
  }
  if (document.querySelector('script:not([src]), img[src="x"], main svg[onload]')) found.push("an element of theirs");
  return found;
}

/** A browser in which nothing but escaping protects, and a name of its own. */
async function naked(evil) {
  const one = await stranger(browser, place, { userAgent: `Mozilla/5.0 (X11; Linux) Firefox/152 ${evil}`, bypassCSP: true });
  await one.page.addInitScript(() => (window.owned = () => (window.wasOwned = true)));
  return one;
}

EVIL.forEach((evil, at) =>
  test(`nothing comes alive of ${evil}`, async () => {
    const one = await naked(evil);
    const email = `victim${at}@example.eu`;
    const seen = async (path) => {
      await one.page.goto(place.base + path);
      assert.deepEqual(await one.page.evaluate(alive), [], path);
    };
    await one.go("/account/new");
    const fields = { given_name: evil.slice(0, 40), family_name: evil.slice(0, 40), email, again: `x${email}` };
    for (const [id, value] of Object.entries(fields)) await one.page.fill(`#${id}`, value);
    await one.page.check("#read");
    await one.press("/account/new");
    assert.deepEqual(await one.page.evaluate(alive), [], "what was typed is shown again");
    await one.page.fill("#again", email);
    await one.press("/account/new");
    const link = await letter(place, email);
    await one.go(link);
    for (const id of ["password", "again"]) await one.page.fill(`#${id}`, "six quiet horses under a moon");
    await one.press(new URL(link).pathname);
    const claimed = await place.act("claim", { link: await one.read(), name: evil.slice(0, 40) });
    await one.follow("#code");
    assert.deepEqual(await one.page.evaluate(alive), [], "the phone's name, before it is confirmed");
    await one.page.fill("#code", claimed.code);
    await one.press("/me/phones/confirm");
    await place.act("settle", { phone: claimed.phone });
    Object.assign(one, { email, phone: claimed.phone });
    await one.signOut();
    await one.signIn();
    const { id } = await place.act("service", { name: evil.slice(0, 40), back: BACK });
    const paths = ["/me", "/me/details", "/me/phones", "/me/sessions", "/me/sign-ins", "/me/options", "/me/phones/app", "/me/address"];
    for (const path of paths) await seen(path);
    await seen(`/visit/${id}?return=${encodeURIComponent(BACK)}&level=aal2&fresh=0&state=${encodeURIComponent(evil)}`).catch((error) => {
      // Signed in just now: the browser is on its way to a service that is not there.
      if (!/ERR_NAME_NOT_RESOLVED|ERR_/.test(error.message)) throw error;
    });
    await one.signOut();
    await seen(`/visit/${id}?return=${encodeURIComponent(BACK)}&state=${encodeURIComponent(evil)}`);
    await one.close();
  }),
);
