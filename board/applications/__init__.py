"""An application: a student asks to do one project, and says why and with what evidence."""
