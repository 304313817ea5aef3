// Shows the copy buttons, which do nothing without scripts, and lets a click select the whole field.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const words = button.querySelector("span");
    const said = document.querySelector("[data-copy-said]");
    const before = words.textContent;
    field.addEventListener("focus", () => field.select());
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      words.textContent = said.textContent = button.dataset.copied;
      setTimeout(() => { words.textContent = before; said.textContent = ""; }, 5000);
    });
  }
})();
