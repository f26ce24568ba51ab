/* Leaves at once, by a press or by Shift three times, and takes this page's place in "Back".
   What the history of the browser holds it cannot change, and the page says so. */

const [KEY, TIMES, WITHIN_MS] = ["Shift", 3, 1500];

export function start(root) {
  const link = root.querySelector("a");
  let pressed = [];
  for (const told of document.querySelectorAll("[data-shift]")) told.hidden = false;

  function leave() {
    document.documentElement.hidden = true;
    document.title = link.hostname;
    history.replaceState(null, "", "/"); // What stands in the bar until the other page answers.
    location.replace(link.href);
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", ({ key, repeat, timeStamp, altKey, ctrlKey, metaKey }) => {
    if (repeat) return;
    const isOne = key === KEY && !(altKey || ctrlKey || metaKey);
    pressed = isOne ? [...pressed, timeStamp].filter((one) => timeStamp - one < WITHIN_MS) : [];
    if (pressed.length >= TIMES) leave();
  });
}
