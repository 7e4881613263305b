for (const [name, value] of Object.entries(given.cookies)) {
  document.cookie = name + "=" + value + "; SameSite=" + given.same_site + "; " + given.lasting
    + "; path=" + location.pathname.replace(/[^/]*$/, "")
    + (location.protocol === "https:" ? "; Secure" : "");
}
