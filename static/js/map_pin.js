/* A pin of the map of a search is chosen: its card comes as a part of the page its link leads to. */

export function start(status) {
  let asking = null;

  status.parentElement.addEventListener("click", async (event) => {
    const link = event.target.closest(".mark:not([data-to])");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    asking?.abort();
    asking = new AbortController();
    const [{ signal }, address] = [asking, new URL(link.getAttribute("href"), location.href)];
    const answer = await fetch(address, { signal }).catch(() => null);
    if (signal.aborted) return;
    if (!answer?.ok) return location.assign(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [chosen, url] = [document.getElementById("chosen"), new URL(location.href)];
    chosen.replaceChildren(...page.getElementById("chosen").childNodes);
    for (const mark of document.querySelectorAll(".mark")) mark.setAttribute("aria-current", mark === link);
    url.searchParams.set("pin", address.searchParams.get("pin"));
    history.replaceState(history.state, "", url);
    chosen.focus({ preventScroll: true });
    chosen.scrollIntoView({ block: "nearest" });
  });
}
