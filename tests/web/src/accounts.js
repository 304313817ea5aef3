// What somebody does once for an account: makes it (W1), gets another password (W7), keeps a recovery code and needs it (W9).
import assert from "node:assert/strict";

/** Where the first link of the newest letter to an address leads. */
export async function letter(place, to) {
  const { mails } = await place.act("letters", { to });
  assert.ok(mails.length, `${to} has a letter`);
  return mails.at(-1).links[0];
}

/** Types a password twice and sends it. */
async function choose(one, path, password) {
  await one.page.fill("#password", password);
  await one.page.fill("#again", password);
  await one.press(path);
}

/** The phone scans the page, and the code that it shows is typed. */
async function pair(one, place) {
  await one.titled("Add a phone", "Ajouter un téléphone");
  const claimed = await place.act("claim", { link: await one.read() });
  await one.follow("#code");
  await one.page.fill("#code", claimed.code);
  await one.press("/me/phones/confirm");
  await one.titled("Phone added", "Téléphone ajouté");
  await place.act("settle", { phone: claimed.phone });
  one.phone = claimed.phone;
}

/** W1: form, letter, password, first phone. */
export async function newAccount(one, place, { email, password }) {
  one.email = email;
  await one.go("/");
  await one.page.locator('main a[href$="/account/new"]').click();
  await one.titled("Create an account", "Créer un compte");
  const page = one.page;
  await page.fill("#given_name", "Zoë");
  await page.fill("#family_name", "Ångström-O’Neill");
  await page.fill("#email", email);
  await page.fill("#again", "somebody.else@example.eu");
  await page.check("#read");
  await one.press("/account/new");
  assert.equal(await page.locator("[aria-invalid]").count(), 1, "one field is wrong");
  assert.ok(await page.evaluate(() => document.activeElement?.id === "again"), "and has the focus");
  await page.fill("#again", email);
  await one.press("/account/new");
  await one.titled("Look in your mail", "Regardez votre courrier");
  const link = await letter(place, email);
  await one.go(link);
  await choose(one, new URL(link).pathname, "too short");
  assert.ok(await page.evaluate(() => document.activeElement?.id === "password"), "what is wrong has the focus");
  await choose(one, new URL(link).pathname, password);
  await pair(one, place);
}

/** W7: a forgotten password; a phone guards the account, so that nobody is signed in by it. */
export async function forgotten(one, place, password) {
  await one.go("/password/forgotten");
  await one.page.fill("#email", one.email);
  await one.press("/password/forgotten");
  const link = await letter(place, one.email);
  await one.go(link);
  await choose(one, new URL(link).pathname, password);
  await one.titled("Password changed", "Mot de passe changé");
  await one.isOut();
}

/** W7: another password, just after a sign-in by phone. */
export async function another(one, place, password) {
  await one.go("/me/password");
  assert.equal(await one.page.locator("#old").count(), 0, "the phone was proof enough");
  await choose(one, "/me/password", password);
  await one.titled("Password changed", "Mot de passe changé");
}

/** W7: another address, confirmed by both. */
export async function address(one, place, to) {
  await one.go("/me/address");
  await one.page.fill("#email", to);
  await one.page.fill("#again", to);
  await one.press("/me/address");
  for (const mailbox of [to, one.email]) {
    const link = await letter(place, mailbox);
    await one.go(link);
    await one.press(new URL(link).pathname);
  }
  await one.titled("Both addresses are confirmed", "Les deux adresses sont confirmées");
  one.email = to;
}

/** W9: makes a recovery code, saves it as a file and puts it away. */
export async function keepCode(one) {
  await one.go("/me/recovery");
  await one.press("/me/recovery");
  const code = (await one.page.locator(".code-words").innerText()).trim().replace(/\s+/g, "-");
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
  const save = one.page.locator('form[action$="/me/recovery/file"] button:not([type="button"])');
  const [file] = await Promise.all([one.page.waitForEvent("download"), save.click()]);
  assert.equal(file.suggestedFilename(), "recovery-code.txt");
  const useless = await one.page.locator("button[type=button]:visible").count();
  assert.equal(useless, one.scripts ? 2 : 0, "print and copy are there where they do something");
  await one.page.check("#kept");
  await one.press("/me/recovery/done");
  return code;
}

/** W9: the way back in, with a phone that the account has not seen. */
export async function recover(one, place, { email, password, code }) {
  one.email = email;
  await one.identify();
  await one.page.locator('main a[href$="/recover"]').click();
  await one.titled("Use a recovery code", "Utiliser un code de secours");
  for (const typed of [code.replace(/^./, (first) => (first === "7" ? "8" : "7")), code.toLowerCase().replaceAll("-", " ")]) {
    await one.page.fill("#email", email);
    await one.page.fill("#password", password);
    await one.page.fill("#code", typed);
    await one.press("/recover");
  }
  await pair(one, place);
}
