// Comfort only: every page and form does its whole work without this file.

// Errors come first: whoever uses a keyboard or a screen reader is taken to them.
document.getElementById("errors")?.focus();

// The fingerprint of a chosen document is computed here, so that it can be read before recording.
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

for (const input of document.querySelectorAll("input[type=file][data-fingerprint]")) {
  input.addEventListener("change", async () => {
    const target = document.getElementById(input.dataset.fingerprint);
    const file = input.files[0];
    // Browsers only offer hashing on secure origins; elsewhere the server computes it on reception.
    if (!file || !target || !globalThis.crypto?.subtle) return;
    target.value = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  });
}
