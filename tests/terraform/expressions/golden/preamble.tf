# What the expressions of the golden cases can use.
resource "terraform_data" "unknown" {}

resource "terraform_data" "echo" {
  input = { name = "echo", tags = ["a", "b"] }
}

variable "enabled" {
  type    = bool
  default = true
}

variable "names" {
  type    = list(string)
  default = ["alice", "bob", "carol"]
}

variable "ports" {
  type    = set(number)
  default = [8080, 443, 80]
}

variable "tags" {
  type    = map(string)
  default = { env = "prod", team = "sym" }
}

variable "targets" {
  type = list(object({
    name     = string
    role     = optional(string, "reader")
    accounts = optional(list(string), [])
  }))
  default = [
    { name = "main", accounts = ["1", "2"] },
    { name = "backup", role = "admin" },
  ]
}

variable "nothing" {
  type    = string
  default = null
}

variable "secret" {
  sensitive = true
  type      = string
  default   = "hush"
}

locals {
  one      = 1
  text     = "text"
  list     = ["a", "b", "c"]
  numbers  = [3, 1, 2]
  mixed    = [1, "two", true, null]
  object   = { a = 1, b = "two", c = [true, null] }
  people   = [{ name = "ann", age = 31 }, { name = "bea", age = 27, admin = true }]
  by_name  = { for person in local.people : person.name => person }
  nested   = { x = { y = { z = ["deep"] } } }
  set      = toset(["b", "a", "c", "a"])
  map      = tomap({ b = "2", a = "1" })
  empty    = []
  none     = null
  id       = terraform_data.unknown.id
  unknowns = [terraform_data.unknown.id, "known"]
}
