// Swaps the picture of a rotating QR code when the server says so. What a frame means only the server knows.
(() => {
  "use strict";
  const image = document.querySelector("img[data-frames]");
  if (!image) return;

  const show = async (src) => {
    const to = new URL(src, location);
    if (to.origin !== location.origin) return;
    // Loaded beforehand, so that the panel never flashes empty while a phone looks at it.
    const next = new Image();
    next.src = to.href;
    await next.decode();
    image.src = to.href;
  };

  const turn = async () => {
    let pause = 3000;
    try {
      const answer = await fetch(image.dataset.frames, { cache: "no-store" });
      // Claimed or over: wait.js leaves the page, and an old frame must not look as if it worked.
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return image.classList.add("over");
      if (!answer.ok) throw answer;
      const frame = await answer.json();
      if (frame.state !== "created") return image.classList.add("over");
      await show(frame.src);
      pause = Math.min(Math.max(frame.next_in_ms, 250), 10000);
    } catch {
      pause = 2000;
    }
    setTimeout(turn, pause);
  };

  setTimeout(turn, Math.min(Number(image.dataset.nextInMs) || 0, 10000));
})();
