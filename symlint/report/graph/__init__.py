"""The reference graph, and answers from it: for people, for programs, as pictures."""
