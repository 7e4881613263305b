for (const [name, value] of Object.entries(given.cookies)) {
  document.cookie = name + "=" + value + "; SameSite=Strict; expires=" + given.expires + "; path="
    + location.pathname.replace(/[^/]*$/, "")
    + (location.protocol === "https:" ? "; Secure" : "");
}
