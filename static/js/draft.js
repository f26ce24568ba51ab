/* Keeps what is written in a form until it has been sent: in this tab by itself, and on this device
   for a week, only when asked. Never the e-mail address, nor a ticked box; of hidden fields only the
   form's own number, by which one form makes one thing. On another element: it has been sent. */

const WEEK = 7 * 24 * 60 * 60 * 1000;
const MARK = "draft:";
const NOT_KEPT = ["email", "checkbox", "submit", "button"];

function stores() {
  try {
    return [sessionStorage, localStorage];
  } catch {
    return null; // This browser keeps nothing for sites: the form works as it is.
  }
}

function read(store, key) {
  const draft = JSON.parse(store.getItem(key));
  if (draft && Date.now() - draft.at < WEEK) return draft.values;
  store.removeItem(key);
  return null;
}

function isKept(field) {
  if (!field.name || NOT_KEPT.includes(field.type) || field.tabIndex < 0) return false;
  return field.type !== "hidden" || field.name === "submission_key";
}

export function start(element) {
  if (!stores()) return;
  const [tab, device] = stores();
  const key = MARK + (element.dataset.draft || location.pathname);
  for (const old of Object.keys(device)) if (old.startsWith(MARK)) read(device, old);

  const forget = () => [tab, device].forEach((store) => store.removeItem(key));
  if (element.tagName !== "FORM") {
    forget();
    return;
  }

  const line = element.querySelector("[data-draft-line]");
  const goOn = line.querySelector("[data-draft-go-on]");
  const keep = element.querySelector("[data-draft-keep]");
  const fields = [...element.elements].filter(isKept);

  function write(store) {
    const said = fields.filter(({ type, checked }) => type !== "radio" || checked);
    const values = said.map(({ name, value }) => [name, value]);
    store.setItem(key, JSON.stringify({ at: Date.now(), values }));
  }

  function save() {
    write(tab);
    if (device.getItem(key)) write(device);
  }

  function tell(words, more = false) {
    line.querySelector("[data-draft-said]").textContent = words;
    line.hidden = false;
    goOn.hidden = !more;
  }

  function fill(values) {
    const given = new Map(values);
    for (const field of fields.filter(({ name }) => given.has(name))) {
      const value = given.get(field.name);
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    tell(line.dataset.sayBack);
  }

  const [inTab, onDevice] = [read(tab, key), read(device, key)];
  if (element.hasAttribute("data-filled")) save(); // It came back with errors, and holds all.
  else if (inTab) fill(inTab);
  else if (onDevice) tell(line.dataset.sayFound, true);

  keep.hidden = false;
  keep.addEventListener("click", () => {
    write(device);
    tell(line.dataset.sayKept);
  });
  goOn.addEventListener("click", () => fill(onDevice));
  line.querySelector("[data-draft-discard]").addEventListener("click", () => {
    forget();
    location.assign(location.pathname); // A fresh form, with a number of its own.
  });
  for (const name of ["input", "change"]) element.addEventListener(name, save);
}
