// Comfort only: every page and form does its whole work without this file.

// Errors come first: whoever uses a keyboard or a screen reader is taken to them.
document.getElementById("errors")?.focus();

// The fingerprint of a chosen document is computed here, so that it can be read before recording.
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

for (const input of document.querySelectorAll("input[type=file][data-shown]")) {
  input.addEventListener("change", async () => {
    const shown = document.getElementById(input.dataset.shown);
    const typed = document.getElementById(input.dataset.fingerprint);
    const file = input.files[0];
    if (shown) shown.textContent = "";
    // Browsers only offer hashing on secure origins; elsewhere the server computes it on reception.
    if (!file || !globalThis.crypto?.subtle) return;
    const fingerprint = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    if (typed) typed.value = fingerprint;
    if (shown) shown.textContent = `${shown.dataset.word} ${fingerprint.slice(0, 12)}…`;
  });
}

// "/" leads to the search box from wherever one is not typing.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("input[data-key='/']");
  const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || !box || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});
