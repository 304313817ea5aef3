// Pages that wait hear what becomes of their sign-in: by events, by asking where those do not come through, in many tabs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../src/browser.js";
import { stage } from "../src/stage.js";
import { person } from "../src/walker.js";

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

const number = async () => (await one.page.locator(".number [aria-hidden]").innerText()).replace(/\D/g, "");

/** Signed out, known, and with the number on the screen. */
async function waiting() {
  await one.signOut();
  await one.identify();
  await one.press("/sign-in/number");
}

async function approve() {
  const shown = await number();
  await place.act("look", { phone: one.phone });
  assert.equal((await place.act("approve", { phone: one.phone, number: shown })).status, 200);
}

/** What the page asks the server for from now on. */
function asked() {
  const paths = [];
  one.page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

test("a page is told by one stream, and asks nothing while it is there", async () => {
  const paths = asked();
  const listens = one.page.waitForRequest((request) => request.url().endsWith("/sign-in/events"));
  await waiting();
  await listens;
  await approve();
  await one.isIn();
  assert.ok(paths.includes("/sign-in/events"));
  assert.ok(!paths.includes("/sign-in/poll"), "it asked as well");
});

test("where events do not come through, the page asks", async () => {
  const blocked = (route) => route.fulfill({ status: 503 });
  await one.page.route("**/sign-in/events", blocked);
  const asks = one.page.waitForRequest((request) => request.url().includes("/sign-in/poll"));
  await waiting();
  await asks;
  await approve();
  await one.isIn();
  await one.page.unroute("**/sign-in/events", blocked);
});

test("wrong PINs are said on the page that waits, and it goes on by itself", async () => {
  await waiting();
  const shown = await number();
  await place.act("look", { phone: one.phone });
  for (let tries = 0; tries < 3; tries += 1) await place.act("wrong_pin", { phone: one.phone, number: shown });
  await one.page.waitForSelector(".sign.warning");
  assert.match(await one.page.locator("h1").innerText(), /has to wait until/);
  await place.act("advance", { seconds: 61 });
  await one.page.waitForSelector(".number");
  assert.equal(await number(), shown, "it is the same sign-in");
  await approve();
  await one.isIn();
});

test("six tabs wait, and one more page opens all the same", async () => {
  await place.act("policy", { members: { sse_session: 4 } });
  await waiting();
  const tabs = [];
  for (let more = 0; more < 5; more += 1) tabs.push(await one.tab());
  for (const tab of tabs) await tab.go("/sign-in/wait");
  const last = await one.tab();
  await last.go("/help");
  await last.page.close();
  await approve();
  for (const tab of [one, ...tabs]) await tab.page.waitForSelector(".number", { state: "detached" });
  await one.go("/me");
  await one.isIn();
  for (const tab of tabs) await tab.page.close();
});
