#### everything that Terraform itself refuses
variable "environment" {
  type = string
  validation {
    condition     = length(var.environment) > 20
    error_message = "The environment is too short."
  }
  default = "main"
}
variable "environment" {
  type = string
}
variable "number" {
  type    = number
  default = "many"
}
variable "given" {
  type = list(string)
}
locals {
  one     = local.two
  two     = local.one
  wrong   = var.nothing
  missing = module.inner.nothing
  type    = upper([1])
  number  = 1 + "x"
  call    = nothing(1)
  lookup  = { a = 1 }.b
  index   = [1][3]
  self    = local.self
}
data "aws_caller_identity" "this" {
}
resource "aws_iam_role" "this" {
  name = data.aws_caller_identity.that.account_id
}
module "inner" {
  source  = "./inner"
  nothing = "x"
}
module "nowhere" {
  source = "./nowhere"
}
module "no_source" {
}
something {
}
output "x" {
  value = var.environmnt
}
output "each" {
  value = each.key
}
--- inner/main.tf
variable "required" {
  type = string
}
resource "sym_flow" "this" {
  name           = "x"
  implementation = file("impl.py")
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
  }
}
resource "sym_flow" "other" {
  name           = "y"
  implementation = file("./lib/../other.py")
  environment_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  params {
  }
}
locals {
  text  = templatefile("template.txt", {})
  path  = "some.py"
  far   = file(local.path)
  right = file("${path.module}/impl.py")
}
output "nothing_else" {
  value = 1
}
--- inner/impl.py
pass
--- inner/other.py
pass
--- inner/some.py
pass
--- inner/template.txt
text
--- impl.py
pass
--- terraform.tfvars
given   = "one"
unknown = 1

#### a block without a name
resource "x" {
}
