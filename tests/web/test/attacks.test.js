// Attacks on every address of the table of routes, in a real browser and on the wire. A new address needs nothing here.
import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { after, before, test } from "node:test";
import { launch, open } from "../src/browser.js";
import { path, routes, stage } from "../src/stage.js";
import { person } from "../src/walker.js";

const rows = routes();
const kind = (name) => rows.filter((row) => row.kind === name);
/** As it is and, where it also stands below a language, in French. */
const addresses = (row) => [path(row), ...(row.prefixed ? [`/fr${path(row)}`.replace(/\/$/, "")] : [])];

let browser, place, one, evil;
before(async () => {
  [browser, place] = await Promise.all([launch(), stage()]);
  one = await person(browser, place);
  await one.signIn();
  evil = await elsewhere();
});
after(async () => {
  evil.close();
  await browser.close();
  assert.equal(await place.close(), 0, "the server ended badly");
});

/** Another server on the same computer: for a browser the same site, so that cookies go along and only tokens protect. */
async function elsewhere() {
  const server = createServer((asked, answer) => {
    const given = new URL(asked.url, "http://elsewhere").searchParams;
    const target = given.get("to");
    const fields = JSON.parse(given.get("fields") ?? "[]").map(([name, value]) => `<input name="${name}" value="${value}">`);
    const form = `<form method="post" action="${target}">${fields.join("")}<button>Win</button></form>`;
    const body = given.has("frame") ? `<iframe width="600" height="400" src="${target}"></iframe>` : form;
    answer.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><title>Win</title>${body}`);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const base = `http://127.0.0.1:${server.address().port}`;
  return { close: () => (server.closeAllConnections(), server.close()), page: (query) => `${base}/?${new URLSearchParams(query)}` };
}

/** One request as it is, without a browser's manners; gives status, headers and text. */
function wire(method, address, headers = {}, body = "") {
  return new Promise((give, fail) => {
    const sent = request(place.base + address, { method, headers }, (answer) => {
      let text = "";
      answer.on("data", (part) => (text += part)).on("end", () => give({ status: answer.statusCode, headers: answer.headers, text }));
    });
    sent.on("error", fail).end(body);
  });
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

test("the table has what it has", () => {
  for (const name of ["page", "form", "data"]) assert.ok(kind(name).length >= 4, `only ${kind(name).length} rows of ${name}`);
});

/** Sends a form from elsewhere to an address, in the browser of somebody who is signed in there; it has to be refused. */
async function isRefused(to, fields) {
  await one.page.goto(evil.page({ to, fields: JSON.stringify(fields) }));
  const posted = one.page.waitForResponse((got) => got.request().method() === "POST");
  const [answer] = await Promise.all([posted, one.page.click("button")]);
  assert.ok((await answer.request().allHeaders()).cookie, "the attack is none: no cookie went along");
  assert.equal(answer.status(), 403, `${to} took the form`);
}

for (const row of kind("form")) {
  test(`a form of another site changes nothing: ${row.path}`, async () => {
    for (const to of addresses(row)) {
      for (const token of [[], [["csrf", "AAAAAAAAAAAAAAAAAAAAAA"]]]) await isRefused(place.base + to, [...row.fields, ...token]);
    }
    await one.go("/me");
    await one.isIn();
  });
}

test("a server that asks for no token would be found", async () => {
  const naive = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("Thank you"));
  await new Promise((ready) => naive.listen(0, "127.0.0.1", ready));
  await assert.rejects(isRefused(`http://127.0.0.1:${naive.address().port}/sign-in`, []), /took the form/);
  naive.closeAllConnections();
  naive.close();
});

test("no page can be framed", async () => {
  const page = await open(browser);
  for (const row of kind("page")) {
    for (const to of addresses(row)) {
      await page.goto(evil.page({ to: place.base + to, frame: "1" }));
      const inside = await page.frames().at(1)?.evaluate(() => document.body?.innerText ?? "").catch(() => "");
      assert.doesNotMatch(inside ?? "", /Example|Help|Aide/, `${to} is shown in a frame`);
      const { headers } = await wire("GET", to);
      assert.equal(headers["x-frame-options"], "DENY", to);
      assert.match(headers["content-security-policy"] ?? "", /frame-ancestors 'none'/, to);
    }
  }
  await page.context().close();
});

test("a form that is asked for by GET is no form", async () => {
  const pages = new Set([...kind("page"), ...kind("data")].map((row) => row.path));
  for (const row of kind("form").filter((form) => !pages.has(form.path))) {
    for (const to of addresses(row)) assert.equal((await wire("GET", to)).status, 405, to);
  }
});

test("under another name nothing is shown", async () => {
  for (const row of rows) {
    for (const host of ["evil.example", "localhost:1", `${new URL(place.base).host}.evil.example`]) {
      const { status, text } = await wire(row.kind === "form" ? "POST" : "GET", path(row), { ...FORM, host });
      assert.equal(status, 421, `${row.path} answers as ${host}`);
      assert.ok(!text.includes("evil.example"), `${row.path} repeats the name`);
    }
  }
});

test("a form that is too large is refused, whatever it is", async () => {
  const body = `csrf=${"A".repeat(40_000)}`;
  for (const row of kind("form")) {
    const { status } = await wire("POST", path(row), FORM, body);
    assert.ok([400, 403, 413].includes(status), `${row.path} answers ${status}`);
  }
});

test("every answer tells the browser to hold it in", async () => {
  const WANTED = {
    "x-content-type-options": /^nosniff$/,
    "referrer-policy": /^no-referrer$/,
    "cross-origin-opener-policy": /^same-origin$/,
    "cross-origin-resource-policy": /^same-origin$/,
    "content-security-policy": /default-src 'none'.*script-src 'nonce-[\w-]+'.*form-action 'self'.*base-uri 'none'/,
    "cache-control": /no-store|immutable/,
  };
  for (const row of rows) {
    const { headers } = await wire(row.kind === "form" ? "POST" : "GET", path(row), FORM);
    for (const [name, value] of Object.entries(WANTED)) assert.match(headers[name] ?? "", value, `${name} of ${row.path}`);
  }
});

test("what is typed never becomes markup", async () => {
  const bad = `"><img src=x onerror=alert(1)><script>alert(2)</script>'"@example.eu`;
  const page = await open(browser);
  for (const row of kind("form").filter(({ fields, path: own }) => fields.length && !own.includes("{"))) {
    for (const at of ["/", row.shown_at, row.path].filter((at) => kind("page").some((page) => page.path === at))) {
      await page.goto(place.base + at);
      const form = page.locator(`form[action="${row.path}"]`).first();
      if (!(await form.count())) continue;
      for (const [name] of row.fields) {
        const field = form.locator(`[name="${name}"]:not([type=checkbox])`);
        if (await field.count()) await field.evaluate((element, value) => (element.removeAttribute("maxlength"), (element.value = value)), bad);
      }
      await form.locator("button").first().click();
      await page.waitForLoadState();
      assert.equal(await page.locator("img[src=x], main script").count(), 0, `markup from ${row.path}`);
      assert.deepEqual(page.trouble, [], row.path);
    }
  }
  await page.context().close();
});
