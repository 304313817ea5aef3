// Hears when the state changed, and counts down.
(() => {
  "use strict";
  const find = (name) => document.querySelector(`[data-${name}]`);
  const box = find("poll");
  const clock = find("expires-in");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // A form goes first.
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
      const answer = await fetch(box.dataset.poll);
      // The page says why; a pause ends circles.
      if ([401, 403, 404, 410].includes(answer.status)) return setTimeout(leave, 3000);
      if (!answer.ok) throw answer;
      const now = await answer.json();
      if (now.state !== box.dataset.state) return leave(now.next);
      setTimeout(ask, 1000, 1000);
    } catch {
      setTimeout(ask, pause, Math.min(pause * 2, 16000));
    }
  };

  // Events; where they do not come through, asking.
  const listen = () => {
    const events = new EventSource(box.dataset.events);
    const late = setTimeout(() => events.onerror(), 5000);
    events.onerror = () => {
      clearTimeout(late);
      events.close();
      ask(1000);
    };
    events.onmessage = ({ data }) => {
      clearTimeout(late);
      const now = JSON.parse(data);
      if (now.state === box.dataset.state) return;
      events.close();
      leave(now.next);
    };
  };

  const count = () => {
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
        setTimeout(leave, 2000);
      }
    };
    const timer = setInterval(tick, 250);
  };

  if (clock) count();
  if (box) box.dataset.events ? listen() : ask(1000);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
