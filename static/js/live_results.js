/* Results that refresh in place: the same address is asked for, and #results taken from its page.
   An answer that is none leads to the address, as without script; no answer at all keeps the list. */

const LIST = "#list";

function addressOf(form) {
  const said = [...new FormData(form)].filter(([, value]) => value);
  return new URL(`${form.getAttribute("action")}?${new URLSearchParams(said)}`, location.href).href;
}

/* What finds the same thing again once its element has been exchanged. */
function signOf({ tagName, name, value, dataset, parentElement }) {
  if (name) return `[name="${name}"][value="${CSS.escape(value)}"]`;
  if (tagName === "SUMMARY") return `[data-fold="${parentElement.dataset.fold}"] > summary`;
  return dataset.sign ? `[data-sign="${dataset.sign}"]` : "h1";
}

function keepFolds(old, fresh) {
  for (const fold of fresh.querySelectorAll("[data-fold]")) {
    fold.open = old.querySelector(`[data-fold="${fold.dataset.fold}"]`)?.open ?? fold.open;
  }
}

function keepWords(form, fresh) {
  for (const input of form.querySelectorAll("input[type=hidden]")) input.remove();
  form.append(...fresh.querySelectorAll("input[type=hidden]"));
  for (const input of [form.elements.q, form.elements.near]) {
    if (input !== document.activeElement) input.value = fresh.elements[input.name].value;
  }
  const summary = (one) => one.parentElement.querySelector("summary");
  summary(form).replaceChildren(...summary(fresh).childNodes);
}

export function start(root) {
  const [results, status] = [root.querySelector("#results"), root.querySelector("#announced")];
  let [asking, shown] = [null, location.pathname + location.search];

  function exchange(page, focus) {
    const fresh = page.getElementById("results");
    const sign = results.contains(document.activeElement) ? signOf(document.activeElement) : null;
    const scrolled = results.querySelector("[data-fold=filters]")?.scrollTop ?? 0;
    keepFolds(results, fresh);
    results.replaceChildren(...fresh.childNodes);
    results.querySelector("[data-fold=filters]")?.scrollTo(0, scrolled);
    if (focus ?? sign) {
      const next = results.querySelector(focus ?? sign) ?? results.querySelector("h1");
      next.focus({ preventScroll: true });
      if (focus) next.scrollIntoView({ block: focus === LIST ? "start" : "nearest" });
    }
    keepWords(root.querySelector("form[role=search]"), page.querySelector("form[role=search]"));
    document.title = page.title;
    status.textContent = results.querySelector("[data-announce]")?.textContent ?? "";
    results.removeAttribute("aria-busy");
  }

  async function show(url, { push = true, focus = null, top = null } = {}) {
    asking?.abort();
    const { signal } = (asking = new AbortController());
    results.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.getElementById("results")) throw new Error("not a page of results");
      if (push && url !== location.href) {
        history.replaceState({ top: scrollY }, "");
        history.pushState(null, "", url);
      }
      shown = location.pathname + location.search;
      exchange(page, focus);
      if (top !== null) scrollTo(0, top);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof TypeError) root.dispatchEvent(new CustomEvent("lost", { detail: url }));
      else push ? location.assign(url) : location.reload();
    }
  }

  root.addEventListener("change", ({ target }) => {
    if (results.contains(target) && target.form) show(addressOf(target.form));
  });
  root.addEventListener("submit", (event) => {
    if (event.target.method === "post") return;   // saving a listing is no search
    event.preventDefault();
    event.target.closest("details").open = false;
    show(addressOf(event.target), { focus: "h1" });
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link?.origin !== location.origin || link.pathname !== location.pathname || link.target) return;
    event.preventDefault();
    show(link.href, { focus: link.closest("[data-focus]")?.dataset.focus ?? null });
  });
  addEventListener("pagehide", () => asking?.abort());
  addEventListener("popstate", ({ state }) => {
    if (shown === location.pathname + location.search) return;
    show(location.href, { push: false, top: state?.top ?? 0 });
  });
}
