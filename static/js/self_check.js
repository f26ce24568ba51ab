/* Adds the answers of the self-check up on the device and shows what the sum may mean. Nothing is sent,
   kept or written into the address; leaving the page clears the answers. Help stands before any sum. */

const HARD = 2; // From "very difficult" on, the days are hard whatever the sum.

const pointsOf = (question) => {
  const chosen = question.querySelector("input:checked");
  return chosen ? Number(chosen.value) : null;
};

/* The sum of the answers, or null while one is missing. */
const sumOf = (points) => (points.includes(null) ? null : points.reduce((sum, one) => sum + one, 0));

const holds = ({ dataset }, sum) => sum === null || (dataset.least <= sum && sum <= dataset.most);

export function start(check) {
  const find = (name) => check.querySelector(`[data-${name}]`);
  const all = (name) => [...check.querySelectorAll(`[data-${name}]`)];
  const questions = all("question");
  const hard = questions.pop();
  let isAsked = false;

  /* Shows the sum, or no sum: the table alone. */
  function show(sum) {
    find("sum").textContent = sum ?? "";
    find("adding").hidden = sum !== null;
    find("sum-line").hidden = find("printing").hidden = sum === null;
    find("hard").hidden = sum === null || pointsOf(hard) < HARD;
    for (const range of all("least")) range.hidden = !holds(range, sum);
  }

  function showMissing(points) {
    find("missing").hidden = !points.includes(null);
    all("go").forEach((button, at) => { button.hidden = points[at] !== null; });
  }

  function tell() {
    const points = questions.map(pointsOf);
    const sum = isAsked ? sumOf(points) : null;
    showMissing(isAsked ? points : []);
    show(sum);
    return sum;
  }

  function ask() {
    isAsked = true;
    const day = new Intl.DateTimeFormat(`${check.lang}-IN`, { dateStyle: "long" });
    find("date").textContent = day.format(new Date());
    const needsHelp = pointsOf(find("alarms")) > 0;
    const words = tell() === null ? find("missing-title") : check.querySelector("#meaning");
    const first = needsHelp ? check.querySelector("#help-first") : words;
    first.focus({ preventScroll: true });
    first.scrollIntoView();
  }

  function clear() {
    isAsked = false;
    for (const input of check.querySelectorAll("input")) input.checked = false;
    find("date").textContent = "";
    tell();
  }

  find("asking").hidden = false;
  find("ask").addEventListener("click", ask);
  find("print").addEventListener("click", () => print());
  check.addEventListener("change", tell);
  check.addEventListener("click", ({ target }) => {
    if (target.dataset.go) questions[target.dataset.go - 1].querySelector("input").focus();
  });
  addEventListener("pagehide", clear);
}
