/* The preview of a text while one writes it: the server makes it, as it does when "See it" is pressed. */

const PAUSE_MS = 700;

export function start(form) {
  const preview = document.getElementById(form.dataset.preview);
  let [asking, waiting] = [null, 0];

  async function show() {
    asking?.abort();
    asking = new AbortController();
    const body = new FormData(form);
    body.set("step", "see");
    preview.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(preview.id);
      if (fresh) preview.replaceChildren(...fresh.childNodes);
    } catch {
      return; // A newer one was asked for, or nobody answers: what is there stays.
    }
    preview.removeAttribute("aria-busy");
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE_MS);
  });
  addEventListener("pagehide", () => asking?.abort());
}
