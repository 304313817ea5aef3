// The gallery: every page of the server in every state, as the server's own tests have written it down. A page joins all
// checks and the pictures by being drawn there.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

const folder = process.env.COUNTERSIGN_GALLERY ?? new URL("../../../target/pages", import.meta.url).pathname;

/** What there is: `languages`, `policy` (the server's Content-Security-Policy) and `pages` with `area` and `name`. */
export const gallery = JSON.parse(readFileSync(join(folder, "pages.json"), "utf8"));

if (!(gallery.pages.length >= 20)) throw new Error(`the gallery holds only ${gallery.pages.length} pages`);

/** Where a page is. */
export const address = (language, name) => (language === "en" ? `/${name}` : `/${language}/${name}`);

/** What the server sent of a page. */
export const markup = (language, name) => readFileSync(join(folder, `${address(language, name)}.html`), "utf8");

const TYPES = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" };

/** Serves the gallery with the server's own policy; `change` may spoil a page on its way. */
export async function serve(change = (html) => html) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://gallery").pathname;
    // A poll stays open: nothing ever happens in a picture.
    if (path.startsWith("/wait/")) return;
    const found = file(path, change);
    if (!found) return void response.writeHead(404).end();
    const headers = { "content-type": `${found.type}; charset=utf-8`, "content-security-policy": gallery.policy };
    response.writeHead(200, headers).end(found.body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The file behind an address, or nothing. */
function file(path, change) {
  const name = basename(path);
  const type = TYPES[name.split(".")[1]];
  const place = type ? join(path.startsWith("/assets/") ? "assets" : "", name) : `${path}.html`;
  try {
    const body = readFileSync(join(folder, place));
    return { type: type ?? "text/html", body: type ? body : change(body.toString(), path) };
  } catch {
    return null;
  }
}
