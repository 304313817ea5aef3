// Counts down, and says so when it is over.
(() => {
  "use strict";
  const find = (name) => document.querySelector(`[data-${name}]`);
  const clock = find("expires-in");
  if (!clock) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const { total, text, expiresIn } = clock.dataset;
  const end = Date.now() + expiresIn * 1000;
  const ring = find("ring");
  const said = find("announce");
  let last = -1;
  const tick = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    if (left === last) return;
    last = left;
    const seconds = `${left % 60}`.padStart(2, "0");
    clock.textContent = text.replace("{time}", `${Math.floor(left / 60)}:${seconds}`);
    said.textContent = clock.dataset[`say-${left}`] || said.textContent;
    const step = calm.matches ? Math.ceil(left / 10) * 10 : left;
    ring.setAttribute("stroke-dasharray", `${(100 * step) / total} 100`);
    if (!left) {
      clearInterval(timer);
      dispatchEvent(new Event("over"));
    }
  };
  const timer = setInterval(tick, 250);
})();
