// What persons do in front of a browser with a phone in their hand. Every page that is come by is looked at as well: its
// forms, its main heading, and whether it fits.
import assert from "node:assert/strict";
import { open } from "./browser.js";
import { forms, measure } from "./measure.js";

let accounts = 0;

/** A person with a paired phone and the browser in which it was paired. */
export async function person(browser, stage, options = {}) {
  accounts += 1;
  const email = options.email ?? `person${accounts}@example.eu`;
  const made = await stage.act("account", { email });
  const walker = await stranger(browser, stage, options);
  await walker.go(made.setup_link);
  await walker.press(new URL(made.setup_link).pathname);
  const claimed = await stage.act("claim", { link: await walker.read() });
  await walker.follow("#code");
  await walker.page.fill("#code", claimed.code);
  await walker.press("/me/phones/confirm");
  await walker.titled("Phone added", "Téléphone ajouté");
  await stage.act("settle", { phone: claimed.phone });
  return Object.assign(walker, { email, phone: claimed.phone, account: made.account });
}

/** Somebody whom the server does not know, in a browser of their own. */
export async function stranger(browser, stage, options = {}) {
  const { email: _, prefix = "", ...rest } = options;
  const page = await open(browser, rest);
  const eye = await open(browser);
  return Object.assign(new Walker(page, eye, stage, prefix), { scripts: rest.javaScriptEnabled !== false });
}

export class Walker {
  constructor(page, eye, stage, prefix) {
    Object.assign(this, { page, eye, stage, prefix, scripts: true });
  }

  /** The same person in another tab of the same browser. */
  async tab() {
    const page = await this.page.context().newPage();
    page.setDefaultTimeout(30_000);
    page.trouble = this.page.trouble;
    return Object.assign(new Walker(page, this.eye, this.stage, this.prefix), { email: this.email, phone: this.phone });
  }

  /** Opens an address; gives the status. */
  async go(address) {
    const own = `${this.prefix}${address}`.replace(/(.)\/$/, "$1");
    const url = address.startsWith("/") ? `${this.stage.base}${own}` : address;
    // A page that goes on by itself may do so at this very moment; a person would try again.
    // An address from outside comes while another app is in front: the page before it does nothing any more.
    if (url === address) await this.steady(() => this.page.goto("about:blank"));
    const answer = await this.steady(() => this.page.goto(url));
    await this.look();
    return answer?.status();
  }

  /** Does something with a page that may go on by itself at this very moment, until it stays where it is. */
  async steady(deed) {
    for (let tries = 3; ; tries -= 1) {
      try {
        return await deed();
      } catch (error) {
        if (!tries || !/interrupted by another navigation|context was destroyed|ERR_ABORTED/.test(error.message)) throw error;
        await this.page.waitForLoadState();
      }
    }
  }

  /** Presses the button of the form that goes to `path`, in whatever language. */
  async press(path) {
    const form = this.page.locator(`main form[action$="${path}"], main form[action*="${path}?"]`).first();
    const button = await form.evaluateHandle((found) => [...found.elements].find(({ type }) => type === "submit"));
    await Promise.all([this.page.waitForEvent("framenavigated"), button.asElement().click()]);
    await this.page.waitForLoadState();
    await this.look();
  }

  /** Signs out, if somebody is signed in. */
  async signOut() {
    await this.go("/me");
    const forms = this.page.locator(`form[action$="/sign-out"]`);
    if (!(await forms.count())) return;
    // On a narrow screen it is in the list of pages, which is folded.
    const list = this.page.locator("nav.menu summary");
    if (await list.isVisible()) await list.click();
    const button = forms.locator("button:visible").first();
    await Promise.all([this.page.waitForEvent("framenavigated"), button.click()]);
    await this.page.waitForLoadState();
  }

  /** Waits until the page has changed by itself, or presses the link that looks. */
  async follow(selector) {
    if (this.scripts) return void (await this.page.waitForSelector(selector));
    await this.check();
    await this.page.waitForSelector(selector);
  }

  /** "Check now", as somebody without scripts does. */
  async check() {
    const address = await this.page.locator("[data-check]").getAttribute("data-check");
    await this.page.locator(`main a[href="${address}"]`).last().click();
    await this.page.waitForLoadState();
    await this.look();
  }

  /** Waits for a main heading. */
  async titled(...titles) {
    const wanted = titles.map((title) => title.replace(/\s+/g, " "));
    const shown = async () => (await this.page.locator("h1").first().innerText()).replace(/\s+/g, " ").trim();
    let last = "";
    for (const end = Date.now() + 20_000; Date.now() < end; await this.page.waitForTimeout(100)) {
      last = await shown().catch(() => last);
      if (wanted.includes(last)) return void (await this.look());
      if (!this.scripts && (await this.page.locator("[data-check]").count())) await this.check();
    }
    assert.fail(`the page says “${last}” instead of “${wanted.join("” or “")}” at ${this.page.url()}`);
  }

  /** What a phone's camera reads off the screen. */
  async read() {
    const panel = this.page.locator(".qr");
    await panel.locator("img").evaluate((image) => image.decode().catch(() => {}));
    const url = `data:image/png;base64,${(await panel.screenshot()).toString("base64")}`;
    const seen = await this.eye.evaluate(brightness, url);
    return (await this.stage.act("read", seen)).text;
  }

  /** Everything that holds for each page a walk comes by. */
  async look() {
    const found = () => Promise.all([this.page.evaluate(forms), this.page.evaluate(measure)]);
    const findings = [...(await this.steady(found)).flat(), ...this.page.trouble];
    assert.equal(findings.length, 0, `${this.page.url()}:\n${findings.map((finding) => `  - ${finding}`).join("\n")}`);
  }

  /** Names the account and goes on to the keys. */
  async identify(remember = false) {
    await this.go("/");
    await this.page.fill("#identifier", this.email);
    if (remember) await this.page.check("#remember");
    await this.press("/sign-in");
  }

  /** Signs in by scanning, to the page that asks whether it is the right account. */
  async scanIn() {
    await this.press("/sign-in/qr");
    const took = await this.stage.act("scan", { phone: this.phone, text: await this.read() });
    await this.titled("Confirm on your phone", "Confirmez sur votre téléphone");
    await this.stage.act("approve", { phone: this.phone });
    return took;
  }

  /** Signed in by scanning, and recognised from then on. */
  async signIn() {
    await this.identify(true);
    await this.scanIn();
    await this.finish();
  }

  /** Approved: a browser that is not known yet asks whether it is the right account. */
  async finish() {
    await this.follow("dl.facts, form[action$='/sign-in/confirm']");
    if (await this.page.locator("form[action$='/sign-in/confirm']").count()) await this.press("/sign-in/confirm");
    await this.isIn();
  }

  /** The page says who is signed in. */
  async isIn() {
    await this.page.waitForSelector("dl.facts");
    assert.ok((await this.page.locator("main").innerText()).includes(this.email), `${this.email} is not on ${this.page.url()}`);
  }

  /** Nobody is signed in here. */
  async isOut() {
    await this.go("/me");
    await this.titled("Sign in", "Se connecter");
  }

  async close() {
    await Promise.all([this.page.context().close(), this.eye.context().close()]);
  }
}

/** A picture as brightness, row by row. Runs in a blank page. */
async function brightness(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { width, height } = image;
  const brush = new OffscreenCanvas(width, height).getContext("2d");
  brush.drawImage(image, 0, 0);
  const { data } = brush.getImageData(0, 0, width, height);
  let text = "";
  for (let at = 0; at < data.length; at += 4) {
    text += String.fromCharCode(Math.round(0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]));
  }
  return { width, height, luma: btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") };
}
