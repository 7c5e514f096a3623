// Says in words what went wrong with a passkey, which allauth's script only writes to the console.
const place = document.getElementById("passkey-trouble");

document.addEventListener("allauth.error", (event) => {
  if (!place) return;
  event.preventDefault();
  const cancelled = ["NotAllowedError", "AbortError"].includes(event.detail.exception?.name);
  const first = document.querySelector("main h1");
  if (first && place.previousElementSibling !== first) first.after(place);
  place.hidden = false;
  place.textContent = cancelled ? place.dataset.cancelled : place.dataset.failed;
});
