// A click on an answer sends it; what is answered goes, and what went wrong is said.
(() => {
"use strict";
const review = document.getElementById("review");
const said = document.getElementById("said");

function say(text, wrong) {
  said.textContent = text;
  said.className = wrong ? "wrong" : "";
  said.hidden = false;
}

async function answer(question, button) {
  const input = button.dataset.text ? button.previousElementSibling : null;
  if (input && !input.value.trim()) {
    input.focus();
    return;
  }
  question.querySelectorAll("button").forEach((each) => {
    each.disabled = true;
  });
  let reply;
  try {
    const sent = await fetch("/review", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Orgkb-Token": review.dataset.token },
      body: JSON.stringify({ key: question.dataset.key, option: button.dataset.option, text: input ? input.value : "" }),
    });
    reply = await sent.json();
  } catch {
    reply = { error: "the server does not answer; is orgkb serve still running?" };
  }
  if (reply.error) {
    say(reply.error, true);
    question.querySelectorAll("button").forEach((each) => {
      each.disabled = false;
    });
    return;
  }
  say(reply.said, false);
  const next = question.nextElementSibling?.querySelector("button");
  question.remove();
  next?.focus();
}

review.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-option]");
  if (button) answer(button.closest(".question"), button);
});
review.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
  event.preventDefault();
  answer(event.target.closest(".question"), event.target.nextElementSibling);
});
})();
