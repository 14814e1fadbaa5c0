"""Scripts that renew what lies in the repository; none of them is part of the program."""
