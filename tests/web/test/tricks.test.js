// What people do with browsers that no flow foresees, and what an attacker does with another one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../src/browser.js";
import { stage } from "../src/stage.js";
import { person, stranger } from "../src/walker.js";

let browser, place, one;
before(async () => {
  [browser, place] = await Promise.all([launch(), stage()]);
  one = await person(browser, place);
  await one.signIn();
});
after(async () => {
  await browser.close();
  assert.equal(await place.close(), 0, "the server ended badly");
});

/** Signed out, known, and with the number on the screen. */
async function waiting() {
  await one.signOut();
  await one.identify();
  await one.press("/sign-in/number");
}

const number = async () => (await one.page.locator(".number [aria-hidden]").innerText()).replace(/\D/g, "");

async function approve(shown) {
  await place.act("look", { phone: one.phone });
  return (await place.act("approve", { phone: one.phone, number: shown })).status;
}

test("going back after signing out shows nothing of the account", async () => {
  await one.signOut();
  await one.signIn();
  await one.signOut();
  await one.page.goBack();
  await one.page.waitForLoadState();
  assert.ok(!(await one.page.locator("body").innerText()).includes(one.email), "the account is still to be seen");
});

test("going back while waiting and forward again goes on with the same number", async () => {
  await waiting();
  const shown = await number();
  await one.page.goBack();
  await one.page.goForward();
  assert.equal(await number(), shown);
  await one.press("/sign-in/cancel");
});

test("a reload starts nothing a second time", async () => {
  await waiting();
  const shown = await number();
  await one.page.reload();
  await one.page.reload();
  assert.equal(await number(), shown);
  assert.equal((await place.act("look", { phone: one.phone })).count, 1);
  assert.equal(await approve(shown), 200);
  await one.isIn();
});

test("a form that is sent twice is one sign-in", async () => {
  await one.signOut();
  await one.identify();
  await one.page.locator('form[action="/sign-in/number"] button').dblclick({ noWaitAfter: true });
  await one.page.waitForSelector("h1");
  await one.page.waitForLoadState();
  await one.go("/sign-in/wait");
  assert.ok((await place.act("look", { phone: one.phone })).count <= 1, "two requests wait on the phone");
});

test("two tabs show the same sign-in, and both end with it", async () => {
  await waiting();
  const other = await one.tab();
  await other.go("/sign-in/wait");
  assert.equal((await other.page.locator(".number [aria-hidden]").innerText()).replace(/\D/g, ""), await number());
  await approve(await number());
  // Whichever asks first is shown the end. The other leaves the number too, and both belong to the same session.
  for (const tab of [one, other]) await tab.page.waitForSelector(".number", { state: "detached" });
  for (const tab of [one, other]) {
    await tab.go("/me");
    await tab.isIn();
  }
  await one.signOut();
  await other.isOut();
  await other.page.close();
});

test("a browser that loses its cookie while it waits is told, and nobody is signed in", async () => {
  await waiting();
  const shown = await number();
  await one.page.context().clearCookies({ name: "session" });
  await approve(shown);
  await one.go("/sign-in/wait");
  await one.look();
  await one.isOut();
});

test("the time runs out: the page says so and offers to start again", async () => {
  await waiting();
  await place.act("advance", { seconds: 200 });
  await one.titled("Time has run out");
  assert.ok((await one.page.locator("main button").count()) > 0, "nothing is offered");
});

test("a picture of the code that is taken for later is worth nothing", async () => {
  const thief = await stranger(browser, place);
  await thief.go("/");
  await thief.press("/sign-in/qr");
  const text = await thief.read();
  await place.act("advance", { seconds: 20 });
  await assert.rejects(place.act("scan", { phone: one.phone, text }), /scan/);
  await thief.close();
});

test("an attacker's browser sees nothing of a sign-in, and takes nothing of it", async () => {
  await waiting();
  const thief = await stranger(browser, place);
  await thief.go("/");
  const [cookie] = await thief.page.context().cookies();
  for (const address of ["/sign-in/wait", "/sign-in/poll?state=pending", "/sign-in/qr.svg"]) {
    assert.equal((await thief.page.goto(place.base + address)).status(), 404, address);
  }
  assert.equal(await approve(await number()), 200);
  await one.isIn();
  await thief.isOut();
  // And a cookie that was planted before is worth nothing after.
  await one.signOut();
  await one.page.context().clearCookies();
  await one.page.context().addCookies([cookie]);
  await one.signIn();
  await thief.isOut();
  await thief.close();
});

test("a way back from the app that somebody else opens signs nobody in, and ends the sign-in", async () => {
  await one.signOut();
  await one.identify();
  await one.press("/sign-in/here");
  const link = await one.page.locator("main a.btn.primary").getAttribute("href");
  await place.act("open", { phone: one.phone, link });
  const { back } = await place.act("approve", { phone: one.phone });
  const thief = await stranger(browser, place);
  assert.equal(await thief.go(back), 403);
  await thief.titled("This browser did not start it");
  await thief.isOut();
  // The page of the owner says so by itself.
  await one.titled("The sign-in was cancelled");
  await one.isOut();
  await thief.close();
});

test("everything is done by keyboard alone", async () => {
  await one.signOut();
  await one.go("/");
  const { keyboard } = one.page;
  await reach("#identifier");
  await keyboard.type(one.email);
  await keyboard.press("Enter");
  await one.page.waitForSelector("form[action='/sign-in/number']");
  await reach("form[action='/sign-in/number'] button");
  await keyboard.press("Enter");
  await one.page.waitForSelector(".number");
  await approve(await number());
  await one.isIn();
});

/** Presses Tab until the focus is there. */
async function reach(selector) {
  for (let press = 0; press < 30; press += 1) {
    await one.page.keyboard.press("Tab");
    if (await one.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`30 presses of Tab do not reach ${selector}`);
}
