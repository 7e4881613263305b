document.cookie = given.name + "=1; SameSite=Strict; path="
  + location.pathname.replace(/[^/]*$/, "")
  + (location.protocol === "https:" ? "; Secure" : "");
