// Shows the buttons that make a password readable; without scripts they do nothing, so they are not there.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-show]")) {
    const fields = button.dataset.show.split(" ").map((id) => document.getElementById(id));
    const words = button.querySelector("span");
    const [show, hide] = [words.textContent, button.dataset.hide];
    const set = (shown) => {
      for (const field of fields) field.type = shown ? "text" : "password";
      words.textContent = shown ? hide : show;
    };
    button.hidden = false;
    button.addEventListener("click", () => set(fields[0].type === "password"));
    // A browser may keep what was typed into a readable field, for whoever comes next.
    fields[0].form.addEventListener("submit", () => set(false));
  }
})();
