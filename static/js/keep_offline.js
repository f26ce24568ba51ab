/* Keeps urgent help on the device, so that it opens without a network; or no longer, on a press. */

const WORKER = "/urgent-worker.js";
const SCOPE = "/urgent";

export function start(part) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const [button, answer] = [part.querySelector("button"), part.querySelector("[role=status]")];
  part.hidden = false;
  workers.register(WORKER, { scope: SCOPE }).catch(() => {});

  button.addEventListener("click", async () => {
    const found = await workers.getRegistration(SCOPE);
    const worker = found?.active ?? found?.waiting ?? found?.installing;
    worker?.postMessage("forget");
    await found?.unregister();
    button.disabled = true;
    answer.textContent = part.dataset.forgotten;
  });
}
