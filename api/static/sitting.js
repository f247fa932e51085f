// Comfort only: the same is said by the button that counts, without this file.

// While one ticks who is there, the server says whether the quorum is reached: the rule stands in one place only.
const form = document.querySelector("form.attend");
const told = document.getElementById("quorum-told");
const button = document.getElementById("count");
let asked = null;

async function count() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  told.textContent = ""; // what was said before is not so any more
  const typed = new FormData(form);
  typed.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed, signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.getElementById("quorum-told");
    if (signal.aborted) return;
    if (said) told.replaceChildren(...said.childNodes);
    button.hidden = Boolean(said);
  } catch (error) {
    if (error.name !== "AbortError") button.hidden = false; // no connection: one may ask again
  }
}

if (form && told && button) {
  button.hidden = true;
  form.addEventListener("change", count);
}
