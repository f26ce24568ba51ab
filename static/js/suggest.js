/* Suggestions under a field while one types: a combobox with a list (WAI-ARIA practices, "list
   autocomplete with manual selection"). Nothing is chosen unless the reader chooses it. */

const ADDRESS = "/api/v1/suggest";
const [PAUSE, LEAST] = [120, 2];
const COMBOBOX = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
const HINDI = /[\u0900-\u097f]/;

function made(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function start(field) {
  const input = field.querySelector("input");
  const words = JSON.parse(field.dataset.words);
  const only = field.dataset.only?.split(" ");
  const id = `${input.id}-suggestions`;
  const list = made("ul", { id, role: "listbox", class: "suggest__list", "aria-label": words.list });
  const status = made("span", { role: "status", class: "only-read" });
  let [found, at, timer, asking] = [[], -1, 0, null];
  list.hidden = true;
  input.type = "text"; // a combobox may be no search field
  Object.entries({ ...COMBOBOX, "aria-controls": id }).forEach((pair) => input.setAttribute(...pair));
  input.after(list, status);

  function point(to) {
    at = to;
    [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    return list.children[at].scrollIntoView({ block: "nearest" });
  }

  function show(items, announced) {
    found = items;
    list.replaceChildren(...items.map((item, number) => made("li",
      { role: "option", id: `${id}-${number}`, class: "suggest__row", "aria-selected": "false" },
      made("span", HINDI.test(item.text) ? { lang: "hi" } : {}, item.text),
      made("span", { class: "suggest__kind" }, words[item.kind] ?? ""))));
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = announced;
    point(-1);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    show([], "");
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const q = input.value.trim();
    if (q.length < LEAST) return close();
    try {
      const given = new URLSearchParams([["q", q], ...(only ?? []).map((kind) => ["kind", kind])]);
      const answer = await fetch(`${ADDRESS}?${given}`, { signal: asking.signal });
      if (!answer.ok) return close();
      const items = await answer.json();
      const counted = items.length === 1 ? words.one : words.many.replace("%", items.length);
      return show(items, items.length ? counted : words.none);
    } catch {
      return null; // Given up for a newer question, or no connection: the field works as it is.
    }
  }

  function choose(item) {
    close();
    if (item.kind === "listing") location.assign(item.url);
    else input.value = item.text;
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && at < 0) return close();
    if (event.key === "Enter") choose(found[at]);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (step && list.hidden) ask();
    else if (step) point(((at + 1 + step + found.length + 1) % (found.length + 1)) - 1);
    else return undefined;
    return event.preventDefault();
  });
  // A press must not take the focus from the field before the choice is made.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) choose(found[[...list.children].indexOf(row)]);
  });
}
