// Hears when the state changed.
(() => {
  "use strict";
  const box = document.querySelector("[data-poll]");

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

  if (box) box.dataset.events ? listen() : ask(1000);
  // Of `count.js`.
  addEventListener("over", () => setTimeout(leave, 2000));
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
