// Debian's Chromium, driven by Playwright. Nothing in it talks to anybody but the servers of the tests.
import { chromium } from "playwright-core";

const QUIET = ["--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Starts Chromium; the caller closes it. */
export function launch() {
  // Without a user of its own, as in a container, Chromium's sandbox cannot start; it only ever sees our own pages.
  const args = ["--no-sandbox", ...QUIET];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}

/** A page of its own, and with it a browser that shares nothing; what goes wrong inside is kept in `page.trouble`. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.trouble = [];
  page.on("pageerror", (error) => page.trouble.push(`a script failed: ${error.message}`));
  page.on("dialog", (dialog) => {
    page.trouble.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (4|5)\d\d/.test(message.text())) {
      page.trouble.push(`the console says: ${message.text()}`);
    }
  });
  return page;
}
