"""The room: a session on a big screen, led by an editor from the code to the close."""
