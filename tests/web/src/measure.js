// What can be measured on a page that is laid out. Runs inside the page; gives findings as sentences.

/** @returns {string[]} */
export function measure() {
  const findings = [];
  const name = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim();
    const kind = element.className && typeof element.className === "string" ? `.${element.className.split(" ")[0]}` : "";
    return `<${element.localName}${kind}> “${words.replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".sr");
  const all = [...document.querySelectorAll("body *")].filter(shown);

  const headings = all.filter((element) => element.localName === "h1");
  if (headings.length !== 1) findings.push(`has ${headings.length} main headings instead of one`);
  const reached = document.documentElement.scrollWidth;
  if (reached > innerWidth) {
    const wide = all.filter((one) => one.getBoundingClientRect().left + Math.max(one.scrollWidth, one.clientWidth) > innerWidth + 1);
    const who = wide.length ? name(wide.at(-1)) : "something";
    findings.push(`scrolls sideways: ${who} reaches ${reached} px`);
  }
  for (const element of all) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const cuts = [overflowX, overflowY].some((value) => ["hidden", "clip"].includes(value));
    const [wider, higher] = [element.scrollWidth > element.clientWidth + 1, element.scrollHeight > element.clientHeight + 1];
    // What is inline has no box of its own, and what is typed may be longer than its field.
    if (element.clientWidth && !element.matches("svg, input")) {
      if (cuts && (wider || higher)) findings.push(`cuts off ${name(element)}`);
      else if (wider) findings.push(`lets ${name(element)} run out of its place`);
    }
    if (element.localName === "img" && !(element.getAttribute("width") && element.getAttribute("height"))) {
      findings.push(`gives no size to the picture ${element.getAttribute("alt") ?? ""}, so it shifts what is below`);
    }
  }

  const inText = (element) =>
    getComputedStyle(element).display === "inline" && element.parentElement.textContent.trim() !== element.textContent.trim();
  const box = (element) => {
    const own = element.getBoundingClientRect();
    const label = element.labels?.[0]?.getBoundingClientRect();
    const tick = ["checkbox", "radio"].includes(element.type);
    return tick && label ? { ...label.toJSON(), width: label.width, height: label.height } : own;
  };
  for (const element of all.filter((one) => one.matches("a[href], button, input, select, textarea, summary"))) {
    const { width, height, bottom } = box(element);
    if (bottom <= 0 || inText(element)) continue;
    if (Math.min(width, height) < 43.9) {
      findings.push(`has a target of ${Math.round(width)} × ${Math.round(height)} px, less than 44: ${name(element)}`);
    }
  }
  return findings;
}

/** The most that WCAG 1.4.12 lets a reader do to the spacing of text. */
export function spread() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}

/** Every form that is posted has the token of its browser, and says itself where it goes. */
export function forms() {
  const findings = [];
  for (const form of document.forms) {
    const action = form.getAttribute("action");
    if (form.method !== "post") continue;
    if (!form.elements.csrf?.value) findings.push(`has a form to ${action} without a token`);
    if (!action?.startsWith("/") || action.startsWith("//")) findings.push(`has a form that goes to ${action}`);
  }
  for (const element of document.querySelectorAll("*")) {
    const inline = element.getAttributeNames().find((attribute) => attribute.startsWith("on") || attribute === "style");
    if (inline) findings.push(`has an inline ${inline} on <${element.localName}>`);
  }
  return findings;
}
