"""The fields of a new step."""

NEW = ("step-what", "step-how", "step-when")
"""What, how and when; a step that is not saved lies under the name of the first."""
