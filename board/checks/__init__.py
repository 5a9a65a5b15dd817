"""What the law and the school ask of a project, looked up before anybody says yes to it."""
