/* "No connection": says that no answer came, and offers the same search again; the list stays. */

export function start(notice) {
  const root = notice.parentElement;
  const results = root.querySelector("#results");

  root.addEventListener("lost", ({ detail }) => {
    results.removeAttribute("aria-busy");
    notice.querySelector("a").href = detail;
    notice.hidden = false;
  });
  new MutationObserver(() => { notice.hidden = true; }).observe(results, { childList: true });
}
