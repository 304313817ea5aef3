// Asks whether the state has changed and counts down. It decides nothing.
(() => {
  "use strict";
  const box = document.querySelector("[data-poll]");
  const clock = document.querySelector("[data-expires-in]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // What a person sends goes first.
  let sends;
  addEventListener("submit", () => (sends = 1));

  const leave = (next) => {
    if (sends) return;
    const { check } = box.dataset;
    const to = new URL(next || check, location);
    location.replace(to.origin === origin ? to : check);
  };

  const ask = async (pause) => {
    try {
      const answer = await fetch(box.dataset.poll, { cache: "no-store" });
      // The page itself says why; the pause prevents a circle.
      if ([401, 403, 404, 410].includes(answer.status)) return setTimeout(leave, 3000);
      if (!answer.ok) throw answer;
      const now = await answer.json();
      if (now.state !== box.dataset.state) return leave(now.next);
      setTimeout(ask, 1000, 1000);
    } catch {
      setTimeout(ask, pause, Math.min(pause * 2, 16000));
    }
  };

  const count = () => {
    const { total, text, expiresIn } = clock.dataset;
    const end = Date.now() + expiresIn * 1000;
    const ring = document.querySelector("[data-ring]");
    const said = document.querySelector("[data-announce]");
    let last = -1;
    const tick = () => {
      const left = Math.max(0, Math.round((end - Date.now()) / 1000));
      if (left === last) return;
      last = left;
      const seconds = `${left % 60}`.padStart(2, "0");
      clock.textContent = text.replace("{time}", `${(left - (left % 60)) / 60}:${seconds}`);
      said.textContent = clock.getAttribute(`data-say-${left}`) || said.textContent;
      const step = calm.matches ? Math.ceil(left / 10) * 10 : left;
      ring.setAttribute("stroke-dasharray", `${(100 * step) / total} 100`);
      if (!left) {
        clearInterval(timer);
        setTimeout(leave, 2000);
      }
    };
    const timer = setInterval(tick, 250);
  };

  if (clock) count();
  if (box) ask(1000);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
