"""An experience: what a student keeps of a finished project, verified by the school and shown as they choose."""
