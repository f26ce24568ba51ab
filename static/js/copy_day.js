/* Copies the hours of a day to all days below it, without asking the server. */

export function start(week) {
  const days = [...week.querySelectorAll("[data-day]")];

  function times(day) {
    return [...day.querySelectorAll("input")];
  }

  week.addEventListener("click", (event) => {
    const day = event.target.closest("[data-copy]")?.closest("[data-day]");
    if (!day) return;
    event.preventDefault();
    const from = times(day);
    for (const below of days.slice(days.indexOf(day) + 1)) {
      times(below).forEach((input, number) => { input.value = from[number].value; });
    }
  });
}
