/* What lies on the map of a search is drawn: names and marks, as "marks" tells them, in the part that "view" tells.
   Until then what the page came with is moved along. */

const [LETTER, PIXEL, REACH] = [10.3, 1.4, 22];
const BEFORE = { start: 0, middle: 0.5, end: 1 };

/* Whether a mark lies on a name, both in pixels of the zoom level. */
function liesOn(mark, [x, y, text, , anchor, dx, dy], unit) {
  const [aside, down] = [(mark.x - x) / unit - dx * PIXEL, (mark.y - y) / unit - dy * PIXEL];
  const wide = text.length * LETTER;
  const left = -wide * BEFORE[anchor];
  return aside > left - REACH && aside < left + wide + REACH && Math.abs(down + 5) < REACH + 7;
}

export function start(status) {
  let [stage, front, view, shown, near] = [];

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS(front.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function begin(target) {
    [stage, front] = [target, target.querySelector(".marks")];
    const [x, y, z] = stage.dataset.view.split(" ").map(Number);
    const [first, size] = [{ x, y }, 800 * 2 ** (16 - z)];
    const unit = (element, axis) => first[axis] + (parseFloat(element.getAttribute(axis)) / 100 - 0.5) * size;
    const found = (names) => [...front.querySelectorAll(names)]
      .map((element) => ({ element, x: unit(element, "x"), y: unit(element, "y") }));
    near = found(".marks__near");
    shown = found(".mark__at, .marks__name, .marks__near");
  }

  function place() {
    for (const one of shown) for (const axis of ["x", "y"]) {
      one.element.setAttribute(axis, `${(((one[axis] - view[axis]) / view.size + 0.5) * 100).toFixed(3)}%`);
    }
  }

  /* A mark keeps its element as long as it is the same, and with it the keyboard's place. */
  function drawnMark(mark, pin, url) {
    const text = mark.number > 1 ? `${mark.number}` : "";
    mark.link ??= svg("a", { class: "mark", "aria-label": mark.words, ...(mark.to && { "data-to": mark.to }) },
      svg("svg", { class: "mark__at", "aria-hidden": true },
        svg("circle", { class: "mark__reach", r: 22 }),
        svg("circle", { class: "mark__disc", r: text ? 13 + 2 * text.length : 9 }),
        svg("text", { class: "mark__number", dy: "0.35em" }, text)));
    mark.link.setAttribute("href", mark.to ? url : `${url}&pin=${mark.slugs[0]}`);
    mark.link.setAttribute("aria-current", mark.slugs.includes(pin));
    return { ...mark, element: mark.link.firstElementChild };
  }

  function drawnName([x, y, text, from, anchor, dx, dy, isStation], zoom) {
    const look = `marks__name ${from === zoom ? "marks__name--wide" : ""} ${isStation ? "" : "marks__name--soft"}`;
    return { x, y, element: svg("text", { class: look, "text-anchor": anchor, dx, dy }, text) };
  }

  function draw({ target, detail: { marks, names, zoom, total, view: now } }) {
    if (target !== stage) begin(target);
    view = now;
    const left = shown.find(({ element }) => element.parentElement === document.activeElement);
    const asked = new URLSearchParams(location.search);
    const pin = asked.get("pin");
    asked.delete("pin");
    const links = marks.map((mark) => drawnMark(mark, pin, `${location.pathname}?${asked}`));
    const texts = names.filter((name) => !marks.some((mark) => liesOn(mark, name, 2 ** (16 - zoom))))
      .map((name) => drawnName(name, zoom));
    front.firstElementChild.replaceChildren(...texts.map(({ element }) => element));
    front.lastElementChild.replaceChildren(...links.map(({ link }) => link));
    if (left) { // The keyboard stays at its mark, or goes on from the nearest one.
      const away = ({ x, y }) => Math.hypot(x - left.x, y - left.y);
      const [next] = [...links].sort((one, other) => away(one) - away(other));
      (next?.link ?? front).focus({ preventScroll: true });
    }
    shown = [...texts, ...links, ...near];
    place();
    const isHere = ({ x, y }) => Math.max(Math.abs(x - view.x), Math.abs(y - view.y)) <= view.size / 2;
    for (const mark of links) mark.link.setAttribute("tabindex", isHere(mark) ? 0 : -1);
    if (!view.settled) return;
    const here = marks.filter(isHere).reduce((sum, mark) => sum + mark.number, 0);
    const words = stage.dataset.here.replace("{here}", here).replace("{number}", total);
    stage.parentElement.querySelector("[data-said]").textContent = words;
    status.textContent = words;
  }

  status.parentElement.addEventListener("marks", draw);
  status.parentElement.addEventListener("view", ({ target, detail }) => {
    if (target !== stage) begin(target);
    view = detail;
    place();
  });
}
