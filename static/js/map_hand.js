/* The map of a search under the hand: one finger or the mouse, two fingers, the wheel; says "pull" to who moves it.
   The wheel moves the page until the map was pressed; with Ctrl, as touchpads say a pinch, it moves the map at once. */

const [SLIP, NOTCH] = [6, 240];
const between = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);

export function start(status) {
  const results = status.parentElement;
  const fingers = new Map();
  let [stage, isMoving] = [null, false];
  const mapAt = (event) => event.target.closest("[data-live]");
  const pull = (detail) => stage.dispatchEvent(new CustomEvent("pull", { bubbles: true, detail }));

  /* Where a pointer is, as shares of the map from its middle. */
  function at({ clientX, clientY }) {
    const box = stage.getBoundingClientRect();
    return [(clientX - box.left) / box.width - 0.5, (clientY - box.top) / box.height - 0.5];
  }

  results.addEventListener("pointerdown", (event) => {
    if (event.button || !mapAt(event)) return;
    stage = mapAt(event);
    fingers.set(event.pointerId, at(event));
    isMoving = fingers.size > 1;
  });
  results.addEventListener("dragstart", (event) => { if (mapAt(event)) event.preventDefault(); });
  addEventListener("pointermove", (event) => {
    const from = fingers.get(event.pointerId);
    if (!from) return;
    const to = at(event);
    isMoving ||= between(from, to) * stage.clientWidth > SLIP;
    if (!isMoving) return;
    stage.setPointerCapture(event.pointerId); // From here on no link is pressed when it ends.
    stage.dataset.live = "held";
    fingers.set(event.pointerId, to);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    const nearer = other ? Math.log2(between(to, other) / between(from, other)) || 0 : 0;
    const [east, south] = [from[0] - to[0], from[1] - to[1]].map((one) => (other ? one / 2 : one));
    const middle = other ? [(to[0] + other[0]) / 2, (to[1] + other[1]) / 2] : to;
    pull({ east, south, nearer, at: middle, held: true });
  });
  function lift({ pointerId }) {
    if (!fingers.delete(pointerId) || fingers.size || !isMoving) return;
    stage.dataset.live = "";
    pull({});
  }
  addEventListener("pointerup", lift);
  addEventListener("pointercancel", lift);
  results.addEventListener("wheel", (event) => {
    if (!mapAt(event) || !(event.ctrlKey || mapAt(event).contains(document.activeElement))) return;
    event.preventDefault();
    stage = mapAt(event);
    pull({ nearer: -event.deltaY / NOTCH, at: at(event) });
  }, { passive: false });
}
