// Says times in the reader's own time zone, in a slot that was wide enough before.
(() => {
  "use strict";
  const two = (n) => `${n}`.padStart(2, "0");
  for (const slot of document.querySelectorAll("[data-when]")) {
    const at = new Date(slot.dateTime);
    const { clock, today, day } = slot.dataset;
    const time = clock.replace("{h}", two(at.getHours())).replace("{m}", two(at.getMinutes()));
    const now = at.toDateString() === new Date().toDateString();
    const date = at.toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
    slot.textContent = (now ? today : day).replace("{time}", time).replace("{day}", date);
  }
})();
