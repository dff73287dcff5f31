// A page of a clinic may open the chat with a button of its own.
document.getElementById("ask").addEventListener("click", () => window.Stillnight.open());
