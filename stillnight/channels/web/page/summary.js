// The button that prints the page for the doctor.
document.getElementById("print").addEventListener("click", () => window.print());
