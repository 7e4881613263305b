document.cookie = given.name + "=1; SameSite=Strict; expires=" + given.expires + "; path="
  + location.pathname.replace(/[^/]*$/, "")
  + (location.protocol === "https:" ? "; Secure" : "");
